using Hts.DataSets;
using Hts.Intervals;
using Hts.Models;

namespace Hts.Evaluation;

/// <summary>
/// The intervals beside what served, adapted slot by slot as live: an outcome counts from the slot after its settlement on, so a slot that
/// ends at a decision is not known to it yet.
/// </summary>
internal sealed class IntervalWalk
{
    private readonly DataSet data;
    private readonly TargetLayout layout;
    private readonly RecipeForecasts served;
    private readonly OnlineIntervals[] intervals;
    private readonly bool[] held;

    /// <param name="data">Rows in order of time.</param>
    public IntervalWalk(DataSet data, TargetLayout layout, RecipeForecasts served, IntervalOptions options)
    {
        (this.data, this.layout, this.served) = (data, layout, served);
        intervals = [.. data.Symbols.Select(_ => new OnlineIntervals(layout.StrategyCount, options))];
        held = new bool[data.Count * layout.StrategyCount];
    }

    /// <param name="scoredFrom">First row that counts.</param>
    public IReadOnlyList<CoverageCell> Run(int scoredFrom)
    {
        SortedDictionary<(string Symbol, int Strategy, string Month, bool Standing), (int Hits, int Count)> cells = [];
        var settled = 0;
        for (var row = 0; row < data.Count; row++)
        {
            for (; data.BaseTs[settled] + data.Header.SlotMs < data.BaseTs[row]; settled++)
                Observe(settled);
            for (var s = 0; s < layout.StrategyCount; s++)
            {
                var hit = held[(row * layout.StrategyCount) + s] = Holds(row, s);
                if (row < scoredFrom)
                    continue;
                var key = (data.Symbols[data.Symbol[row]], s, WalkDays.MonthOf(data.BaseTs[row]), layout.Stands(s, data.Standing(row)));
                var cell = cells.GetValueOrDefault(key);
                cells[key] = (cell.Hits + (hit ? 1 : 0), cell.Count + 1);
            }
        }
        return
        [
            .. cells.Select(c => new CoverageCell(
                c.Key.Symbol, layout.Strategies[c.Key.Strategy], c.Key.Month, c.Key.Standing, (double)c.Value.Hits / c.Value.Count, c.Value.Count)),
        ];
    }

    /// <summary>How many of a row's intervals held its outcomes.</summary>
    public int Held(int row) => held.AsSpan(row * layout.StrategyCount, layout.StrategyCount).Count(true);

    private bool Holds(int row, int s)
    {
        var at = (row * layout.StrategyCount) + s;
        var sigma = data.Sigma(row);
        var start = new IntervalEnds((served.Lower[at] - served.Net[at]) / sigma, (served.Upper[at] - served.Net[at]) / sigma);
        return intervals[data.Symbol[row]].Ends(s, layout.Stands(s, data.Standing(row)), start).Hold(Residual(row, s));
    }

    private void Observe(int row)
    {
        for (var s = 0; s < layout.StrategyCount; s++)
            intervals[data.Symbol[row]].Observe(
                data.BaseTs[row] / data.Header.SlotMs, s, layout.Stands(s, data.Standing(row)), Residual(row, s), held[(row * layout.StrategyCount) + s]);
    }

    private double Residual(int row, int s) => (data.Net(row, s) - served.Net[(row * layout.StrategyCount) + s]) / data.Sigma(row);
}
