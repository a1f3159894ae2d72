using Hts.Bars;
using Hts.DataSets;
using Hts.Embeddings;
using Hts.Training;

namespace Hts.Proofs;

/// <summary>
/// A made-up market whose conditional mean is known. The log return of a slot is <c>s·(m + e)</c>: s a slowly wandering volatility,
/// e standard normal noise that symbols share in part, and <c>m = foresight · clamp(2.5·trend, ±1.5)</c>, where trend is the decayed mean
/// (a quarter to the newest) of past slots' m + e. With foresight 0 it is a driftless random walk. Within a slot the price is a Brownian
/// bridge. The embeddings are random and mean nothing.
/// </summary>
/// <param name="foresight">How much of a slot's move can be foreseen.</param>
/// <param name="embedded">Whether there are embeddings.</param>
internal sealed class ProofMarket(int seed, Grid grid, double foresight, bool embedded)
{
    public const long StartTs = 1_640_995_200_000;

    private const double SlotVolatility = 0.0035;
    private const double Shared = 0.6;
    private const double TrendWeight = 0.25;
    private const double VolatilityMemory = 0.99;
    private const double VolatilitySpread = 0.3;

    public static IReadOnlyList<string> Symbols { get; } = ["AAA", "BBB", "CCC", "DDD"];

    /// <summary>All symbols from the beginning on.</summary>
    /// <param name="slots">Slots from <see cref="StartTs"/> on.</param>
    public SymbolSource[] Sources(int slots) =>
        [.. Symbols.Select((name, i) => new SymbolSource(name, Bars(i, slots).ToAsyncEnumerable(), Embeddings(i, slots).ToAsyncEnumerable()))];

    /// <summary>The known conditional mean of each slot's log return over its volatility, by base_ts: what nobody can beat.</summary>
    public Dictionary<long, double> Truth(string symbol, int slots) =>
        Path(Array.IndexOf([.. Symbols], symbol), slots).ToDictionary(slot => slot.Ts, slot => slot.Expected);

    private IEnumerable<(long Ts, double Expected, double Move, double Volatility)> Path(int symbol, int slots)
    {
        var common = Generator(-1);
        var own = Generator(symbol);
        double trend = 0, wander = 0;
        for (var slot = 0; slot < slots; slot++)
        {
            wander = (VolatilityMemory * wander) + (Math.Sqrt(1 - (VolatilityMemory * VolatilityMemory)) * Normal(own));
            var volatility = SlotVolatility * Math.Exp(VolatilitySpread * wander);
            var expected = foresight * Math.Clamp(2.5 * trend, -1.5, 1.5);
            var units = expected + (Shared * Normal(common)) + (Math.Sqrt(1 - (Shared * Shared)) * Normal(own));
            trend += TrendWeight * (units - trend);
            yield return (StartTs + (slot * grid.SlotMs), expected, volatility * units, volatility);
        }
    }

    private IEnumerable<Bar> Bars(int symbol, int slots)
    {
        var random = Generator(symbol + 100);
        var count = grid.BarsPerSlot;
        var log = Math.Log(100);
        long id = 0;
        foreach (var slot in Path(symbol, slots))
        {
            var begin = log;
            for (var i = 0; i < count; i++)
            {
                var open = log;
                // From here to the slot's end over the steps left, and noise that is tied down there.
                var left = count - i;
                log += ((begin + slot.Move - log) / left) + (slot.Volatility * Math.Sqrt((left - 1.0) / left / count) * Normal(random));
                var wick = slot.Volatility / Math.Sqrt(count) * 0.4;
                var high = Math.Max(open, log) + (wick * random.NextDouble());
                var low = Math.Min(open, log) - (wick * random.NextDouble());
                var volume = 1 + (9 * random.NextDouble());
                yield return new Bar(
                    slot.Ts + (i * grid.BarMs), Math.Exp(open), Math.Exp(high), Math.Exp(low), Math.Exp(log), volume,
                    volume * random.NextDouble(), 5, id += 5);
            }
        }
    }

    private IEnumerable<EmbeddingPair> Embeddings(int symbol, int slots)
    {
        var random = Generator(symbol + 200);
        for (var slot = 0; slot < slots && embedded; slot++)
        {
            var ts = StartTs + (slot * grid.SlotMs);
            yield return new EmbeddingPair(Draw(), Draw());

            Embedding Draw()
            {
                var values = new float[HashingEmbedder.Dimensions];
                for (var i = 0; i < values.Length; i++)
                    values[i] = (float)((2 * random.NextDouble()) - 1);
                EmbeddingScaling.Apply(values, EmbeddingScale.UnitSum);
                return new Embedding(ts, ts, values);
            }
        }
    }

    private SplitMix Generator(int part) => new(new SplitMix(((ulong)(uint)seed << 32) + (uint)(part + 1)).Next());

    private static double Normal(SplitMix random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
