using System.Globalization;
using System.Text.Json.Serialization;

namespace Hts.Models;

/// <summary>
/// A pointer as other writers leave it: the address of an artefact under one of two names, the rest when they care. Members that are not
/// named here mean nothing.
/// </summary>
internal sealed record ForeignPointer(
    [property: JsonPropertyName("model_uri")] string? ModelUri = null,
    [property: JsonPropertyName("artifact_uri")] string? ArtifactUri = null,
    [property: JsonPropertyName("job_name")] string? JobName = null,
    [property: JsonPropertyName("train_uri")] string? TrainUri = null,
    [property: JsonPropertyName("updated_at")] string? UpdatedAt = null,
    [property: JsonPropertyName("version")] string? Version = null,
    [property: JsonPropertyName("sha256")] string? Sha256 = null,
    [property: JsonPropertyName("reason")] string? Reason = null,
    [property: JsonPropertyName("by")] string? By = null)
{
    public string? Uri => ModelUri ?? ArtifactUri;

    /// <summary>The same in texts that can be stored.</summary>
    public ForeignPointer Cleaned() => new(
        Clean(ModelUri), Clean(ArtifactUri), Clean(JobName), Clean(TrainUri), Clean(UpdatedAt), Clean(Version), Clean(Sha256), Clean(Reason), Clean(By));

    /// <summary>Unix ms; null when it does not say, or in no known form. Without an offset a time is UTC.</summary>
    public long? UpdatedAtMs => DateTimeOffset.TryParse(
        UpdatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        ? time.ToUnixTimeMilliseconds()
        : null;

    private static string? Clean(string? text) => text is null ? null : ForeignText.Clean(text);
}
