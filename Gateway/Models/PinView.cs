using Hts.Json;

namespace Hts.Models;

/// <summary>Holds the serving model in its place until it is taken away.</summary>
/// <param name="By">On whose word.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">Since when.</param>
internal sealed record PinView(string Version, string By, string Reason, UtcTime At)
{
    public static PinView From(PinMessage m) => new(m.Version, m.By, m.Reason, new UtcTime(m.At));
}
