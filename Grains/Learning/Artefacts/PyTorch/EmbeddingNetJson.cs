using System.Text.Json.Serialization;

namespace Hts.Artefacts.PyTorch;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EmbeddingNetMetadata))]
internal sealed partial class EmbeddingNetJson : JsonSerializerContext;
