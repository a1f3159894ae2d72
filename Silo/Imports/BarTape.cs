using System.Globalization;
using System.Numerics;
using Hts.Bars;
using Hts.Feeds;
using Hts.Files;
using Hts.Time;

namespace Hts.Imports;

/// <summary>
/// The bars of bar files. Klines of one second list every second, quiet ones too: a bar with a missing second is a hole, as in a back-fill.
/// Other bars shorter than the grid's are merged; longer ones cannot be cut, for nobody knows what happened within them.
/// </summary>
/// <param name="reads">Parts in the order of time within a symbol.</param>
/// <param name="symbol">The symbol that is meant; null takes it from rows and names.</param>
/// <param name="latestMs">Bars that begin after this instant are not believed: one of them would make all that follow too late.</param>
internal sealed class BarTape(
    IReadOnlyList<PartRead> reads, string? symbol, Grid grid, long maxQuietMs, long latestMs, ReadReport report, IImportWatch watch) : IBarTape
{
    private const long SecondMs = 1000;

    private readonly Dictionary<string, SymbolRows> symbols = new(StringComparer.Ordinal);

    public string? Summary(string symbol) => symbols.GetValueOrDefault(symbol) is { Repeated: > 0 } rows ? $"{rows.Repeated} rows read before" : null;

    public IEnumerable<SymbolBar> Read()
    {
        foreach (var read in reads)
        {
            var badFiles = report.BadFiles;
            watch.Begin(read);
            foreach (var rows in symbols.Values)
                rows.EarlierTs = rows.LastTs;
            foreach (var batch in BarFile.Read(read.Part, symbol, report))
            {
                if (LengthOf(batch) is var lengthMs && lengthMs > grid.BarMs)
                {
                    report.Add(new FileProblem(
                        batch.File, 0, $"holds bars of {lengthMs / 1000} s; only bars of {grid.BarMs / 1000} s or shorter can be stored", ""));
                    break;
                }
                if (!symbols.TryGetValue(batch.Symbol, out var rows))
                    symbols[batch.Symbol] = rows = new SymbolRows(grid, maxQuietMs);
                read.Turn(batch.Symbol);
                for (var i = 0; i < batch.Count; i++)
                {
                    var bar = batch.Bars[i];
                    if (bar.Ts <= rows.EarlierTs)
                    {
                        rows.Repeated++;
                        continue;
                    }
                    if (BrokenRule(bar, rows.LastTs, batch.LengthMs) is { } rule)
                    {
                        report.Refuse(new FileProblem(batch.File, batch.Lines[i], rule, Text(bar)));
                        continue;
                    }
                    read.Add(bar.Ts);
                    rows.Add(new SourceBar(bar, batch.Unknown), batch.LengthMs == SecondMs);
                    while (rows.TryTake(out var whole))
                        yield return new SymbolBar(batch.Symbol, whole);
                }
                watch.Advance(read, batch.Position);
            }
            read.IsWhole = report.BadFiles == badFiles;
            if (!read.IsWhole)
            {
                foreach (var span in read.Spans)
                    symbols[span.Symbol].BreakOff();
            }
            watch.End(read);
        }
        foreach (var (name, rows) in symbols)
        {
            rows.Finish();
            while (rows.TryTake(out var whole))
                yield return new SymbolBar(name, whole);
        }
    }

    private string? BrokenRule(in Bar bar, long lastTs, long lengthMs)
    {
        if (bar.Ts <= lastTs)
            return $"not later than the row before it, {Timestamps.Iso(lastTs)}";
        if (bar.Ts > latestMs - grid.BarMs)
            return "the bar ends in the future";
        return lengthMs == SecondMs && bar.Ts % SecondMs != 0 ? "the bar does not begin with a second" : null;
    }

    private static long LengthOf(BarBatch batch)
    {
        if (batch.LengthMs > 0)
            return batch.LengthMs;
        // All bars lie on the grid of their length, whatever is missing or out of order between them.
        var stepMs = 0L;
        for (var i = 1; i < batch.Count; i++)
            stepMs = (long)BigInteger.GreatestCommonDivisor(stepMs, batch.Bars[i].Ts - batch.Bars[i - 1].Ts);
        return stepMs;
    }

    private static string Text(in Bar bar) => string.Create(
        CultureInfo.InvariantCulture, $"bar of {Timestamps.Iso(bar.Ts)}, {bar.Open} {bar.High} {bar.Low} {bar.Close}, volume {bar.Volume}");

    private sealed class SymbolRows(Grid grid, long maxQuietMs)
    {
        private readonly BarRollUp rollUp = new(grid, maxQuietMs);
        private readonly Queue<SourceBar> folded = new();
        private KlineFolder? seconds;

        public long LastTs { get; private set; } = long.MinValue;

        /// <summary>The newest row of the files before this one.</summary>
        public long EarlierTs { get; set; } = long.MinValue;

        public long Repeated { get; set; }

        public void Add(in SourceBar given, bool isKlineSecond)
        {
            LastTs = given.Bar.Ts;
            if (!isKlineSecond || grid.BarMs == SecondMs)
            {
                rollUp.Add(given);
                return;
            }
            seconds ??= new KlineFolder(grid);
            if (seconds.Add(given.Bar, out var closed))
                folded.Enqueue(given with { Bar = closed });
        }

        public void BreakOff() => rollUp.BreakOff();

        public void Finish() => rollUp.Finish();

        public bool TryTake(out SourceBar bar) => folded.TryDequeue(out bar) || rollUp.TryTake(out bar);
    }
}
