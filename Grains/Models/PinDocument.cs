using System.Text.Json.Serialization;

namespace Hts.Models;

/// <summary>model/pin.json.</summary>
internal sealed record PinDocument(
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("by")] string By,
    [property: JsonPropertyName("reason")] string Reason,
    [property: JsonPropertyName("at")] DateTimeOffset At);
