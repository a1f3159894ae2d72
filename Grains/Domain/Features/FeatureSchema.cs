using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hts.Bars;
using Hts.Embeddings;
using Hts.Strategies;

namespace Hts.Features;

/// <summary>
/// The list of features: names, order, blocks and the hash that a model carries. A row is
/// embedding A, embedding B, their flags and ages, then the market's own features (prices, signals, history, clock), then the leader's.
/// Every value is finite; embeddings are as given, all others lie within ±<see cref="Limit"/>.
/// </summary>
public sealed class FeatureSchema
{
    /// <summary>Base bars that the price windows look back over; σ is that of their log returns.</summary>
    public const int LookbackBars = 240;

    /// <summary>Slots whose outcomes are features.</summary>
    public const int HistorySlots = 3;

    /// <summary>Bound of every feature that is not an embedding's.</summary>
    public const float Limit = 8;

    // Raised whenever a formula changes without a change of names.
    private const int Formulas = 1;

    private static readonly int[] Horizons = [1, 4, 10, 20, 40, 80, 240];

    private readonly List<string> names = [];

    /// <exception cref="ArgumentOutOfRangeException">An option is not allowed.</exception>
    public FeatureSchema(StrategySet strategies, Grid grid, FeatureOptions? options = null)
    {
        options ??= new();
        options.Validate();
        Strategies = strategies;
        Grid = grid;
        LeaderSymbol = options.Leader;
        EmbeddingScale = options.EmbeddingScale;
        MinSigmaSlot = options.MinSigmaSlotBp * 1e-4;
        MaxMissingBars = (int)(options.MaxMissingShare * LookbackBars);

        EmbeddingA = Block("embedding_a", Numbered("embedding_a"));
        EmbeddingB = Block("embedding_b", Numbered("embedding_b"));
        Ages = Block("ages", ["a_present", "a_age_slots", "b_present", "b_age_slots"]);
        Prices = Block("prices",
        [
            .. Horizons.Select(bars => $"return_{bars}"),
            "volatility_20", "volatility_80", "volatility_slot",
            "volume_z", "volume_ratio", "taker_10", "taker_40",
        ]);
        Signals = Block("signals",
        [
            "rsi", "range_place", "sma_ratio",
            .. strategies.Names.Take(strategies.ActiveCount).SelectMany(name => new[]
            {
                $"{name}_standing", $"{name}_stands", $"{name}_age", $"{name}_trigger",
                $"{name}_near", $"{name}_near_squared", $"{name}_held", $"{name}_held_age",
            }),
        ]);
        History = Block("history", Enumerable.Range(1, HistorySlots).SelectMany(lag => (string[])
        [
            $"lag{lag}_present",
            .. strategies.Names.Select(name => $"lag{lag}_{name}_gross"),
            .. strategies.Names.Take(strategies.ActiveCount).Select(name => $"lag{lag}_{name}_sides"),
        ]));
        Clock = Block("clock", ["day_sin", "day_cos", "week_sin", "week_cos"]);
        Leader = Block("leader", [.. Horizons.Select(bars => $"leader_return_{bars}"), "leader_present"]);
        Blocks = [EmbeddingA, EmbeddingB, Ages, Prices, Signals, History, Clock, Leader];
        WarmupBars = Math.Max(StrategyBars(strategies, grid), LookbackBars + 1) + (HistorySlots * grid.BarsPerSlot);
        Hash = Hashed(options);
    }

    public StrategySet Strategies { get; }

    public Grid Grid { get; }

    /// <summary>Symbol whose returns are features of all others; empty for none. Its own rows have none.</summary>
    public string LeaderSymbol { get; }

    public EmbeddingScale EmbeddingScale { get; }

    /// <summary>Names in the row's order, all different.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Length of a full row.</summary>
    public int Count => names.Count;

    /// <summary>Hex; rows of equal hash mean the same. Covers names, parameters, formulas, grid and the strategy set.</summary>
    public string Hash { get; }

    /// <summary>Bars without which a symbol is not predicted on: the strategies' warm-up and the slots of <see cref="History"/>.</summary>
    public int WarmupBars { get; }

    /// <summary>Missing bars in the look-back up to which a symbol is predicted on.</summary>
    public int MaxMissingBars { get; }

    /// <summary>
    /// How far back features look, ms: the price windows or the slots of <see cref="History"/>, whichever is longer. Indicators of longer
    /// timeframes and standing states look further with little weight.
    /// </summary>
    public long OverlapMs => Math.Max(LookbackBars * Grid.BarMs, HistorySlots * Grid.SlotMs);

    /// <summary>All blocks in order; together they are the row.</summary>
    public IReadOnlyList<FeatureBlock> Blocks { get; }

    /// <summary>Text A's embedding.</summary>
    public FeatureBlock EmbeddingA { get; }

    /// <summary>Text B's embedding.</summary>
    public FeatureBlock EmbeddingB { get; }

    /// <summary>Whether each embedding is there, and its age: ln(1 + slots) over the same of a week, 1 at most.</summary>
    public FeatureBlock Ages { get; }

    /// <summary>All that a row tells of texts: without them it is as if none had come.</summary>
    public IReadOnlyList<FeatureBlock> Texts => [EmbeddingA, EmbeddingB, Ages];

    /// <summary>Returns in σ·√bars, log ratios of volatilities, volume and the takers' side.</summary>
    public FeatureBlock Prices { get; }

    /// <summary>
    /// Indicators and each active strategy's state at the decision: what tells the cost. Fills come from an entry while flat and from an
    /// exit while in a position, so distance and age also stand apart for both: <c>near</c> is the trigger's size while flat (and its
    /// square / 8), <c>held</c> the trigger in the position's direction, <c>held_age</c> the position's age.
    /// </summary>
    public FeatureBlock Signals { get; }

    /// <summary>Outcomes of the last slots, newest first: gross in σ of the slot, fills; zeros with the flag down where there is no label.</summary>
    public FeatureBlock History { get; }

    /// <summary>Time of day and day of week on a circle.</summary>
    public FeatureBlock Clock { get; }

    /// <summary>The leading symbol's returns in its own σ, and whether they are there.</summary>
    public FeatureBlock Leader { get; }

    /// <summary>Place of the first feature that <see cref="SymbolFeatures"/> writes.</summary>
    public int MarketOffset => Prices.Offset;

    /// <summary>Number of features that <see cref="SymbolFeatures"/> writes: prices, signals, history and clock.</summary>
    public int MarketCount => Clock.End - Prices.Offset;

    /// <summary>Number of returns that a leader lends to other symbols.</summary>
    public static int LeaderReturns => Horizons.Length;

    /// <summary>Base bars over which each return is taken.</summary>
    internal static ReadOnlySpan<int> ReturnBars => Horizons;

    internal double MinSigmaSlot { get; }

    private static IEnumerable<string> Numbered(string name) =>
        Enumerable.Range(0, HashingEmbedder.Dimensions).Select(i => $"{name}_{i}");

    /// <summary>Base bars until every strategy is warm, a first bar that began too early included.</summary>
    private static int StrategyBars(StrategySet strategies, Grid grid)
    {
        var longest = strategies.Active
            .Select(strategy => StrategySet.TimeframeMs(strategy.TimeframeSeconds, grid) / grid.BarMs)
            .DefaultIfEmpty(1)
            .Max();
        return (int)((StrategySet.WarmupBars * longest) + longest - 1);
    }

    private FeatureBlock Block(string name, IEnumerable<string> members)
    {
        var offset = names.Count;
        names.AddRange(members);
        return new(name, offset, names.Count - offset);
    }

    private string Hashed(FeatureOptions options)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"formulas={Formulas} lookback={LookbackBars} limit={Limit} minSigmaBp={options.MinSigmaSlotBp} "
            + $"leader={LeaderSymbol} embeddings={EmbeddingScale} barMs={Grid.BarMs} slotMs={Grid.SlotMs} strategies={Strategies.Hash} names={string.Join(',', names)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
