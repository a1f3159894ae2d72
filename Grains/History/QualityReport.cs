using Hts.Bars;
using Hts.Feeds;
using Hts.Markets;
using Hts.Symbols;

namespace Hts.History;

/// <summary>Compares what is stored of a symbol with what should be.</summary>
/// <param name="nowMs">The market's time.</param>
internal sealed class QualityReport(Grid grid, long nowMs)
{
    private const long HourMs = 3_600_000;

    /// <param name="facts">Of the bars that <see cref="Span"/> gives for the same span.</param>
    /// <param name="tallies">Of the hours that the span touches.</param>
    public QualityMessage Make(
        SymbolMessage symbol, long fromTs, long toTs, BarFacts facts, IReadOnlyDictionary<long, FeedTally> tallies, IEnumerable<Gap> gaps)
    {
        var (begin, end) = Expected(symbol, fromTs, toTs, facts);
        var stored = facts.Hours.ToDictionary(h => h.HourTs);
        var hours = new List<HourQuality>();
        for (var ts = HourOf(fromTs); ts < Math.Min(toTs, nowMs); ts += HourMs)
            hours.Add(Hour(ts, begin, end, stored.GetValueOrDefault(ts), tallies.GetValueOrDefault(ts)));
        return new QualityMessage(
            symbol.Name, fromTs, toTs, symbol.State, symbol.Detail, symbol.LagSeconds, symbol.Backfill,
            hours.Sum(h => h.Expected), hours.Sum(h => h.Bars), hours.Sum(h => h.Flat), hours.Sum(h => h.Revised), hours.Sum(h => h.Backfilled),
            Lag(facts.Lag), Sum(hours), hours, Gaps(symbol, fromTs, toTs, facts, gaps));
    }

    /// <summary>Open times of the bars whose intervals lie in a span and ended by now: [from, to).</summary>
    public (long FromTs, long ToTs) Span(long fromTs, long toTs)
    {
        var from = grid.BarOf(fromTs + grid.BarMs - 1);
        return (from, Math.Max(from, grid.BarOf(Math.Min(toTs, nowMs))));
    }

    private (long Begin, long End) Expected(SymbolMessage symbol, long fromTs, long toTs, BarFacts facts)
    {
        var (begin, end) = Span(fromTs, toTs);
        if (facts.FirstTs is not { } first)
            return (begin, begin);
        var stored = facts.LastTs is { } last ? last + grid.BarMs : begin;
        // The bar that just ended has the time of one bar to come.
        end = Math.Min(end, symbol.State == "stopped" ? stored : Math.Max(stored, grid.BarOf(nowMs) - grid.BarMs));
        begin = Math.Max(begin, first);
        return (begin, Math.Max(begin, end));
    }

    private HourQuality Hour(long ts, long begin, long end, HourFacts? facts, FeedTally tally)
    {
        var expected = (int)(Math.Max(0, Math.Min(end, ts + HourMs) - Math.Max(begin, ts)) / grid.BarMs);
        return new HourQuality(
            ts, expected, facts?.Bars ?? 0, facts?.Flat ?? 0, facts?.Revised ?? 0, facts?.Backfilled ?? 0, Lag(facts?.Lag),
            new TallyMessage(tally.LateTrades, tally.Duplicates, tally.Invalid, tally.Repaired, tally.Outages));
    }

    private List<GapMessage> Gaps(SymbolMessage symbol, long fromTs, long toTs, BarFacts facts, IEnumerable<Gap> gaps)
    {
        var messages = gaps.OrderBy(g => g.FromTs).ThenBy(g => g.ToTs).Select(g => g.ToMessage()).ToList();
        if (symbol.State is "lost" or "loading" && facts.LastTs is { } last)
        {
            var since = last + grid.BarMs;
            if (since < Math.Min(toTs, nowMs) && nowMs > fromTs)
                messages.Add(new GapMessage(since, nowMs, symbol.Detail, "open"));
        }

        return messages;
    }

    private static TallyMessage Sum(List<HourQuality> hours) => new(
        hours.Sum(h => h.Counts.LateTrades), hours.Sum(h => h.Counts.Duplicates), hours.Sum(h => h.Counts.Invalid),
        hours.Sum(h => h.Counts.RepairedTrades), hours.Sum(h => h.Counts.Outages));

    private static LagMessage? Lag(LagFacts? lag) => lag is null
        ? null
        : new LagMessage(lag.Count, lag.P50 / 1_000, lag.P90 / 1_000, lag.P99 / 1_000, lag.Max / 1_000);

    public static long HourOf(long ts) => ts - (((ts % HourMs) + HourMs) % HourMs);
}
