using Hts.Bars;
using Hts.History;

namespace Hts.Markets;

/// <summary>What becomes of bars that come in, before anything is stored.</summary>
internal static class BarIntake
{
    /// <summary>
    /// The sound bars by time, and why the others are refused. Whoever saw a bar's end says so by the time at which it was known, which
    /// may lie a little ahead of this machine's clock; without that time a bar must have ended by this clock.
    /// </summary>
    public static (List<StoredBar> Sound, List<RowRejection> Rejections) Check(IReadOnlyList<BarMessage> messages, Grid grid, long nowMs)
    {
        var sound = new List<StoredBar>(messages.Count);
        var rejections = new List<RowRejection>();
        for (var i = 0; i < messages.Count; i++)
        {
            var stored = messages[i].ToStored();
            if (stored.KnownAt <= 0)
                stored = stored with { KnownAt = nowMs };
            if (BarRules.Check(stored.Bar, grid, Math.Min(stored.KnownAt, nowMs + BarRules.ClockToleranceMs)) is { } rule)
                rejections.Add(new RowRejection(i, rule));
            else
                sound.Add(stored);
        }
        // A stable order: of several contents for one time the last one given must stay the last.
        return ([.. sound.OrderBy(b => b.Bar.Ts)], rejections);
    }

    /// <summary>Of several contents for one time the last one counts.</summary>
    public static List<StoredBar> Distinct(List<StoredBar> sorted) =>
        [.. sorted.Where((bar, i) => i == sorted.Count - 1 || sorted[i + 1].Bar.Ts != bar.Bar.Ts)];

    /// <summary>The unbroken spans of bars.</summary>
    public static IEnumerable<Hole> Spans(IReadOnlyList<StoredBar> sorted, Grid grid)
    {
        for (var i = 0; i < sorted.Count;)
        {
            var fromTs = sorted[i].Bar.Ts;
            var toTs = fromTs;
            for (; i < sorted.Count && sorted[i].Bar.Ts == toTs; i++)
                toTs += grid.BarMs;
            yield return new Hole(fromTs, toTs);
        }
    }
}
