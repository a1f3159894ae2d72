using Hts.Feeds;
using Hts.Json;

namespace Hts.Live;

/// <summary>How far a symbol's history is fetched.</summary>
/// <param name="At">Complete up to here.</param>
/// <param name="Share">The part that is done, 0 to 1.</param>
internal sealed record BackfillView(UtcTime From, UtcTime To, UtcTime At, double Share)
{
    public static BackfillView? Of(BackfillProgress? p) => p is null
        ? null
        : new(new UtcTime(p.FromTs), new UtcTime(p.ToTs), new UtcTime(p.AtTs),
            p.ToTs <= p.FromTs ? 1 : Math.Clamp((double)(p.AtTs - p.FromTs) / (p.ToTs - p.FromTs), 0, 1));
}
