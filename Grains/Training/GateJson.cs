using System.Text.Json;
using System.Text.Json.Serialization;
using Hts.Gates;

namespace Hts.Training;

/// <summary>A gate's decision as the JSON document that is stored and shown.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = false)]
[JsonSerializable(typeof(GateDecision))]
public sealed partial class GateJson : JsonSerializerContext
{
    public static string Write(GateDecision decision) => JsonSerializer.Serialize(decision, Default.GateDecision);
}
