using Hts.Json;
using Hts.Markets;

namespace Hts.Bars;

/// <summary>A hole in the bars, from inclusive, to exclusive.</summary>
/// <param name="State">"missing"; "repaired" when its bars came after all; "open" while the feed is not live.</param>
/// <param name="RepairedAt">When the last of its bars came; null unless it is repaired.</param>
internal sealed record GapView(UtcTime From, UtcTime To, string Cause, string State, UtcTime? RepairedAt)
{
    public static GapView Of(GapMessage m) => new(new UtcTime(m.FromTs), new UtcTime(m.ToTs), m.Cause, m.State, UtcTime.From(m.RepairedAt));
}
