using System.Text.Json.Serialization;

namespace Hts.Training;

/// <summary>Metrics as they are shown: camel case; a number that is not finite is a literal.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ModelMetrics))]
internal sealed partial class MetricsJson : JsonSerializerContext;
