using System.Text.Json.Serialization;

namespace Hts.Models;

/// <summary>model/latest.json and model/epochs/&lt;n&gt;.json as this program writes them.</summary>
/// <param name="Pointer">In a record only: SHA-256 of the pointer by another writer that the epoch was made from.</param>
internal sealed record PointerDocument(
    [property: JsonPropertyName("model_uri")] string ModelUri,
    [property: JsonPropertyName("job_name")] string JobName,
    [property: JsonPropertyName("train_uri")] string TrainUri,
    [property: JsonPropertyName("updated_at")] DateTimeOffset UpdatedAt,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("epoch")] long Epoch,
    [property: JsonPropertyName("effective_from")] DateTimeOffset EffectiveFrom,
    [property: JsonPropertyName("sha256")] string Sha256,
    [property: JsonPropertyName("reason")] string Reason,
    [property: JsonPropertyName("by")] string By = "",
    [property: JsonPropertyName("pointer"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pointer = null)
{
    public static PointerDocument Of(EpochMessage e) => new(
        e.Uri, e.JobName, e.TrainUri, DateTimeOffset.FromUnixTimeMilliseconds(e.UpdatedAt), e.Version, e.Number,
        DateTimeOffset.FromUnixTimeMilliseconds(e.EffectiveFrom), e.Sha256, e.Reason, e.By);

    public EpochMessage ToEpoch() => new(
        Epoch, ForeignText.Clean(Version), EffectiveFrom.ToUnixTimeMilliseconds(), ForeignText.Clean(ModelUri), ForeignText.Clean(Sha256),
        ForeignText.Clean(JobName), ForeignText.Clean(TrainUri), UpdatedAt.ToUnixTimeMilliseconds(), ForeignText.Clean(Reason), ForeignText.Clean(By));
}
