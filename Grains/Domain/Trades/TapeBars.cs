using Hts.Bars;

namespace Hts.Trades;

/// <summary>
/// The bars of a recorded tape. Silence up to <see cref="AggregatorOptions.MaxQuietMs"/> is a quiet market and gives flat bars; in a
/// longer one every interval without a trade is missing, while the bars at its two ends stay as their trades make them. The first and
/// the last bar are given even where the tape begins or ends within them.
/// </summary>
/// <param name="trades">In order of time, give or take the options' revision horizon.</param>
public sealed class TapeBars(IEnumerable<Trade> trades, Grid grid, AggregatorOptions? options = null)
{
    private readonly List<Hole> holes = [];

    /// <summary>What the trades came to; complete once <see cref="Read"/> ran to its end.</summary>
    public BarAggregator Aggregator { get; } = new(grid, options);

    /// <summary>Stretches without bars between the first and the newest bar read.</summary>
    public IReadOnlyList<Hole> Holes => holes;

    /// <summary>Reads the tape through, once.</summary>
    public IEnumerable<Bar> Read()
    {
        var expectedTs = long.MinValue;
        foreach (var trade in trades)
        {
            // A tape closes bars only where they are final, so none is given twice.
            Aggregator.Add(trade);
            while (Aggregator.TryTake(out var change))
                yield return Next(change.Bar, ref expectedTs);
        }
        Aggregator.Flush();
        while (Aggregator.TryTake(out var change))
            yield return Next(change.Bar, ref expectedTs);
    }

    private Bar Next(in Bar bar, ref long expectedTs)
    {
        if (expectedTs != long.MinValue && bar.Ts > expectedTs)
            holes.Add(new Hole(expectedTs, bar.Ts));
        expectedTs = bar.Ts + grid.BarMs;
        return bar;
    }
}
