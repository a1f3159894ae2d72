using System.Text.Json.Serialization;

namespace Hts.Live;

/// <summary>An envelope that is already JSON, so that it is written once for all clients.</summary>
[JsonConverter(typeof(LivePayloadConverter))]
internal sealed record LivePayload(byte[] Json);
