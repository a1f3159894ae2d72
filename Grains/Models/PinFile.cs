using System.Text.Json;
using Hts.Objects;

namespace Hts.Models;

/// <summary>
/// The pin in object storage, beside the pointer and apart from it: whoever overwrites the pointer, or begins with an empty database,
/// meets the pin still.
/// </summary>
public sealed class PinFile(IObjectStore objects, ObjectLayout layout)
{
    /// <summary>Null while nothing is pinned. A pin that cannot be read holds everything.</summary>
    public async Task<PinMessage?> Read(CancellationToken cancellation)
    {
        if (await objects.Get(layout.Pin, cancellation) is not { } stored)
            return null;
        try
        {
            if (JsonSerializer.Deserialize(stored.Content.Span, PointerJson.Default.PinDocument) is { } pin)
                return new PinMessage(
                    ForeignText.Clean(pin.Version), ForeignText.Clean(pin.By), ForeignText.Clean(pin.Reason), pin.At.ToUnixTimeMilliseconds());
        }
        catch (JsonException)
        {
            // Somebody meant to hold something.
        }
        return new PinMessage("whatever serves", Movers.AnotherWriter, $"{layout.Pin} cannot be read", stored.LastModifiedTs);
    }

    public Task Write(PinMessage pin, CancellationToken cancellation) => objects.Put(
        layout.Pin,
        JsonSerializer.SerializeToUtf8Bytes(
            new PinDocument(pin.Version, pin.By, pin.Reason, DateTimeOffset.FromUnixTimeMilliseconds(pin.At)), PointerJson.Default.PinDocument),
        PutCondition.None, cancellation);

    public Task Remove(CancellationToken cancellation) => objects.Delete(layout.Pin, cancellation);
}
