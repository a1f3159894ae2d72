using System.Text.Json.Serialization;

namespace Hts.Training;

/// <summary>train/latest.json: the newest data set.</summary>
internal sealed record TrainPointer(
    [property: JsonPropertyName("run_ts")] DateTimeOffset RunTs,
    [property: JsonPropertyName("train_uri")] string TrainUri,
    [property: JsonPropertyName("row_count")] long RowCount,
    [property: JsonPropertyName("feature_dim")] int FeatureDim,
    [property: JsonPropertyName("generated_at")] DateTimeOffset GeneratedAt,
    [property: JsonPropertyName("schema_hash")] string SchemaHash,
    [property: JsonPropertyName("backfilled_text_rows")] long BackfilledTextRows);
