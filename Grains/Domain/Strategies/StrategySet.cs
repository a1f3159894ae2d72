using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hts.Bars;

namespace Hts.Strategies;

/// <summary>
/// The strategies in the order that every array, column and model keeps, and what a fill costs. A further strategy is its class and a
/// line in <see cref="Default"/>.
/// </summary>
public sealed class StrategySet
{
    /// <summary>Bars of its own timeframe that every strategy must have seen before a window counts.</summary>
    public const int WarmupBars = 600;

    /// <exception cref="ArgumentException">No strategy, a name twice or not fit for a column, or a cost out of range.</exception>
    public StrategySet(IReadOnlyList<Strategy> strategies, StrategyOptions? options = null)
    {
        options ??= new StrategyOptions();
        if (options.Check() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        ArgumentOutOfRangeException.ThrowIfZero(strategies.Count, nameof(strategies));
        foreach (var strategy in strategies)
            CheckName(strategy.Name);
        Strategies = [.. strategies];
        Names = [.. strategies.Select(s => s.Name)];
        if (Names.Distinct().Count() < Names.Count)
            throw new ArgumentException($"A strategy's name stands twice in: {string.Join(", ", Names)}.", nameof(strategies));
        Active = [.. strategies.OfType<ActiveStrategy>()];
        CostPerFill = (options.FeeBps + options.SlippageBps) / 1e4;
        Hash = Digest(string.Create(CultureInfo.InvariantCulture, $"fee={options.FeeBps} slippage={options.SlippageBps} warmup={WarmupBars} sigma={TimeframeSeries.LookbackBars}\n")
            + string.Join('\n', strategies.Select(s => $"{s.Name}: {s.Parameters}")));
    }

    public IReadOnlyList<Strategy> Strategies { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The strategies that keep a state, in the set's order: what standing states, ages and triggers are indexed by.</summary>
    public IReadOnlyList<ActiveStrategy> Active { get; }

    public int Count => Strategies.Count;

    public int ActiveCount => Active.Count;

    /// <summary>Cost of one fill, a fraction of the price.</summary>
    public double CostPerFill { get; }

    /// <summary>Hex digest of names, parameters, timeframes and costs: equal hashes mean equal labels on the same grid.</summary>
    public string Hash { get; }

    /// <summary>trend, mean_revert, breakout, scalper, long_hold, short_hold.</summary>
    public static StrategySet Default(StrategyOptions? options = null) => new(
        [
            new TrendStrategy(),
            new MeanRevertStrategy(),
            new BreakoutStrategy(),
            new ScalperStrategy(),
            new HoldStrategy("long_hold", 1),
            new HoldStrategy("short_hold", -1),
        ],
        options);

    /// <summary><see cref="Hash"/> together with the lengths of bar and slot: equal means equal labels.</summary>
    public string HashOn(Grid grid) => Digest(string.Create(CultureInfo.InvariantCulture, $"{Hash} bar={grid.BarMs} slot={grid.SlotMs}"));

    /// <summary>
    /// Length of a timeframe's bars on a grid: as asked for, or the next longer that is made of whole base bars and fits the slot evenly.
    /// </summary>
    public static long TimeframeMs(int timeframeSeconds, Grid grid)
    {
        var bars = Math.Clamp((int)(((timeframeSeconds * 1000L) + grid.BarMs - 1) / grid.BarMs), 1, grid.BarsPerSlot);
        while (grid.BarsPerSlot % bars != 0)
            bars++;
        return bars * grid.BarMs;
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > 40 || !char.IsAsciiLetterLower(name[0]) || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            throw new ArgumentException($"'{name}' is not a strategy's name: lower case letters, digits and underscores, 40 at most.", nameof(name));
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
