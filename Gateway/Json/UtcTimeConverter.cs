using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hts.Json;

internal sealed class UtcTimeConverter : JsonConverter<UtcTime>
{
    public override UtcTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && UtcTime.TryParse(reader.GetString()!, out var time))
            return time;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var ms) && UtcTime.IsValid(ms))
            return new UtcTime(ms);
        throw new JsonException("This is not a time.");
    }

    public override void Write(Utf8JsonWriter writer, UtcTime value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[32];
        DateTimeOffset.FromUnixTimeMilliseconds(value.Ms).UtcDateTime.TryFormat(text, out var length, value.Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
