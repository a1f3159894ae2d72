using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hts.Live;

internal sealed class LivePayloadConverter : JsonConverter<LivePayload>
{
    public override LivePayload Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("Clients do not send envelopes.");

    // Our own serialiser wrote it a moment ago.
    public override void Write(Utf8JsonWriter writer, LivePayload value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json, skipInputValidation: true);
}
