using Hts.Bars;
using Hts.Time;

namespace Hts.Markets;

/// <summary>Keeps the marks of one symbol's holes true: bars that came for a hole after all fill what is marked missing there.</summary>
internal sealed class GapFiller(string symbol, IBarStore bars, Grid grid, MarketClock clock)
{
    /// <summary>What is marked missing from the first of some bars, by time, to the last; nothing when none of them opens before an instant.</summary>
    public async Task<IReadOnlyList<Gap>> Marked(IReadOnlyList<StoredBar> sorted, long passedTs) =>
        sorted.Count == 0 || sorted[0].Bar.Ts >= passedTs
            ? []
            : await bars.ReadGaps(symbol, sorted[0].Bar.Ts, sorted[^1].Bar.Ts + grid.BarMs, CancellationToken.None);

    /// <param name="sorted">Stored bars, by time.</param>
    /// <param name="marked">What was marked missing among them.</param>
    public async Task Fill(IReadOnlyList<StoredBar> sorted, IReadOnlyList<Gap> marked)
    {
        if (marked.Count == 0)
            return;
        foreach (var span in BarIntake.Spans(sorted, grid).Where(s => marked.Any(g => g.FromTs < s.ToTs && g.ToTs > s.FromTs)))
            await bars.FillGaps(symbol, span.FromTs, span.ToTs, clock.NowMs, CancellationToken.None);
    }

    /// <summary>Ends what a crash between bars and their marks left undone.</summary>
    public async Task FillSince(long ts, CancellationToken cancellation)
    {
        var stored = await bars.Read(symbol, ts, long.MaxValue, int.MaxValue, cancellation);
        await Fill(stored, await Marked(stored, long.MaxValue));
    }
}
