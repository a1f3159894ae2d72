using System.Globalization;
using Hts.Bars;
using Hts.Files;
using Hts.Time;
using Hts.Trades;

namespace Hts.Imports;

/// <summary>The bars of trade files, symbol by symbol.</summary>
/// <param name="reads">Parts in the order of time within a symbol.</param>
/// <param name="symbol">The symbol of all rows; null takes it from each part's name.</param>
/// <param name="latestMs">Trades after this instant are not believed: one of them would make all that follow too late.</param>
internal sealed class TradeTape(
    IReadOnlyList<PartRead> reads, string? symbol, Grid grid, long maxQuietMs, long latestMs, ReadReport report, IImportWatch watch) : IBarTape
{
    private readonly AggregatorOptions options = new() { MaxQuietMs = maxQuietMs };
    private readonly Dictionary<string, string> summaries = new(StringComparer.Ordinal);

    public string? Summary(string symbol) => summaries.GetValueOrDefault(symbol);

    public IEnumerable<SymbolBar> Read()
    {
        foreach (var group in reads.GroupBy(read => symbol ?? read.Part.Symbol ?? ""))
        {
            var counts = new Counts();
            var stretch = new List<PartRead>();
            foreach (var read in group)
            {
                if (read.IsApart)
                {
                    foreach (var bar in Read(group.Key, stretch, counts))
                        yield return bar;
                    stretch = [];
                }
                stretch.Add(read);
            }
            foreach (var bar in Read(group.Key, stretch, counts))
                yield return bar;
            summaries[group.Key] = counts.ToString();
        }
    }

    /// <summary>The bars of parts that go on one from the other.</summary>
    private IEnumerable<SymbolBar> Read(string name, IReadOnlyList<PartRead> stretch, Counts counts)
    {
        var aggregator = new BarAggregator(grid, options) { LatestMs = latestMs };
        var cut = new HashSet<long>();
        var isFirst = true;
        // The feed has the ids of aggregates and would take one of a single trade for one of those.
        var hasIds = true;
        var newestTs = long.MinValue;
        // The bar within which a part broke off, unless a later part goes on there.
        long? brokenTs = null;
        foreach (var read in stretch)
        {
            var earlierTs = newestTs;
            var badFiles = report.BadFiles;
            var begins = true;
            watch.Begin(read);
            foreach (var batch in TradeFile.Read(read.Part, symbol, report))
            {
                read.Turn(batch.Symbol);
                hasIds &= !batch.AreSingle;
                for (var i = 0; i < batch.Count; i++)
                {
                    var trade = batch.Trades[i];
                    if (begins && TradeRules.Check(trade, latestMs) is null)
                    {
                        begins = false;
                        if (brokenTs is { } lostTs && trade.Ts > newestTs)
                        {
                            aggregator.MarkHole(lostTs, Math.Max(lostTs + grid.BarMs, grid.BarOf(trade.Ts)));
                            cut.Add(grid.BarOf(trade.Ts));
                            brokenTs = null;
                        }
                    }
                    var verdict = aggregator.Add(trade);
                    if (verdict == TradeVerdict.Invalid)
                    {
                        report.Refuse(Problem(batch, i, TradeRules.Check(trade, latestMs)!));
                        continue;
                    }
                    read.Add(trade.Ts);
                    // A recorder that was away may have gone within one bar and come back within another.
                    if (newestTs != long.MinValue && trade.Ts - newestTs > maxQuietMs)
                        cut.UnionWith([grid.BarOf(newestTs), grid.BarOf(trade.Ts)]);
                    newestTs = Math.Max(newestTs, trade.Ts);
                    // Files may overlap, as those of a month and of its days do.
                    if (verdict == TradeVerdict.TooLate && trade.Ts <= earlierTs)
                        counts.Repeated++;
                    else if (verdict is TradeVerdict.TooLate or TradeVerdict.InHole)
                        report.Refuse(Problem(batch, i, verdict == TradeVerdict.InHole
                            ? "within the bar in which a file before it breaks off"
                            : $"more than {options.RevisionMs / 1000} s older than rows before it"));
                    while (aggregator.TryTake(out var change))
                        yield return Given(change.Bar);
                }
                watch.Advance(read, batch.Position);
            }
            read.IsWhole = report.BadFiles == badFiles;
            if (!read.IsWhole && newestTs > earlierTs)
                brokenTs = grid.BarOf(newestTs);
            else if (newestTs >= brokenTs + grid.BarMs)
                brokenTs = null;
            watch.End(read);
        }
        if (brokenTs is { } endTs)
            aggregator.MarkHole(endTs, endTs + grid.BarMs);
        else if (newestTs != long.MinValue)
            cut.Add(grid.BarOf(newestTs));
        aggregator.Flush();
        while (aggregator.TryTake(out var change))
            yield return Given(change.Bar);
        counts.Add(aggregator);

        SymbolBar Given(in Bar bar)
        {
            var mayBeCut = isFirst || cut.Contains(bar.Ts);
            isFirst = false;
            return new SymbolBar(name, new SourceBar(hasIds ? bar : bar with { LastTradeId = 0 }), mayBeCut);
        }
    }

    private static FileProblem Problem(TradeBatch batch, int i, string rule)
    {
        var trade = batch.Trades[i];
        return new FileProblem(
            batch.File, batch.Lines[i], rule,
            string.Create(CultureInfo.InvariantCulture, $"trade {trade.Id} of {Timestamps.Iso(trade.Ts)}, {trade.Quantity} at {trade.Price}"));
    }

    private sealed class Counts
    {
        private long accepted;
        private long duplicates;
        private long late;
        private long invalid;

        /// <summary>Trades of the files before theirs.</summary>
        public long Repeated { get; set; }

        public void Add(BarAggregator aggregator)
        {
            accepted += aggregator.Accepted;
            duplicates += aggregator.Duplicates;
            late += aggregator.Late + aggregator.InHoles;
            invalid += aggregator.Invalid;
        }

        public override string ToString() =>
            $"{accepted} trades, {duplicates} duplicates, {Repeated} read before, {late - Repeated} too late, {invalid} invalid";
    }
}
