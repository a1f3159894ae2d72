using Hts.Json;
using Hts.Markets;

namespace Hts.Bars;

/// <summary>A hole in the bars that cannot be filled, from inclusive, to exclusive.</summary>
internal sealed record GapView(UtcTime From, UtcTime To, string Cause)
{
    public static GapView Of(GapMessage m) => new(new UtcTime(m.FromTs), new UtcTime(m.ToTs), m.Cause);
}
