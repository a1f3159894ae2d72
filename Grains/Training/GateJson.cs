using System.Text.Json;
using System.Text.Json.Serialization;
using Hts.Gates;

namespace Hts.Training;

/// <summary>A gate's input and decision as the JSON documents that are stored and shown. Equal decisions have equal text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = false,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(GateDecision))]
[JsonSerializable(typeof(GateInput))]
public sealed partial class GateJson : JsonSerializerContext
{
    public static string Write(GateDecision decision) => JsonSerializer.Serialize(decision, Default.GateDecision);

    public static string Write(GateInput input) => JsonSerializer.Serialize(input, Default.GateInput);

    /// <exception cref="InvalidDataException">The text is not a gate's input.</exception>
    public static GateInput ReadInput(string json) => Read(json, Default.GateInput, "input");

    /// <exception cref="InvalidDataException">The text is not a gate's decision.</exception>
    public static GateDecision ReadDecision(string json) => Read(json, Default.GateDecision, "decision");

    private static T Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException($"The gate's {what} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"This is not a gate's {what}: {e.Message}", e);
        }
    }
}
