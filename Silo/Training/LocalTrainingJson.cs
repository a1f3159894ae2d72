using System.Text.Json.Serialization;

namespace Hts.Training;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrainPointer))]
[JsonSerializable(typeof(TrainingOutcome))]
internal sealed partial class LocalTrainingJson : JsonSerializerContext;
