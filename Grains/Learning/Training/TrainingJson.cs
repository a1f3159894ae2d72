using System.Text.Json.Serialization;

namespace Hts.Training;

/// <summary>JSON of reports: camel case; NaN is written as a named literal.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TrainingReport))]
[JsonSerializable(typeof(TrainingOptions))]
public sealed partial class TrainingJson : JsonSerializerContext;
