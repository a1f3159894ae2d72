using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hts.Json;

internal sealed class StrategyReturnsConverter : JsonConverter<StrategyReturns>
{
    public override StrategyReturns Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var names = new List<string>();
        var values = new List<double>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(reader.GetString()!);
            reader.Read();
            values.Add(reader.GetDouble());
        }
        return new StrategyReturns(names, [.. values]);
    }

    public override void Write(Utf8JsonWriter writer, StrategyReturns value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        for (var i = 0; i < value.Names.Count && i < value.Values.Length; i++)
            writer.WriteNumber(value.Names[i], value.Values[i]);
        writer.WriteEndObject();
    }
}
