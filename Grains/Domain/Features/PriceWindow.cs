using System.Numerics;
using Hts.Bars;
using Hts.Strategies;

namespace Hts.Features;

/// <summary>
/// The newest base bars of one symbol as returns, volumes and the takers' side. Everything read from it is a pure function of the last
/// <see cref="FeatureSchema.LookbackBars"/> + 1 bars, whatever came before.
/// </summary>
internal sealed class PriceWindow(FeatureSchema schema)
{
    private const int MaskWords = (FeatureSchema.LookbackBars + 63) / 64;
    private const int RecentBars = 10;
    private const int TakerBars = 40;
    private const int ShortBars = 20;
    private const int MiddleBars = 80;

    private readonly SlidingWindow returns = new(FeatureSchema.LookbackBars);
    private readonly SlidingWindow volumes = new(FeatureSchema.LookbackBars);
    private readonly SlidingWindow takers = new(TakerBars);
    private readonly ulong[] missing = new ulong[MaskWords];
    private double logClose = double.NaN;

    /// <summary>Missing bars among the last <see cref="FeatureSchema.LookbackBars"/>.</summary>
    public int MissingBars => MissingAmong(FeatureSchema.LookbackBars);

    /// <param name="isMissing">The bar stands for an interval of which nothing is known.</param>
    public void Append(in Bar bar, bool isMissing)
    {
        // A difference of logarithms stays finite where a quotient of extreme prices would not.
        var log = Math.Log(bar.Close);
        returns.Push(double.IsNaN(logClose) ? 0 : log - logClose);
        volumes.Push(bar.Volume);
        takers.Push((2 * bar.TakerBuyVolume) - bar.Volume);
        logClose = log;
        for (var i = missing.Length - 1; i > 0; i--)
            missing[i] = (missing[i] << 1) | (missing[i - 1] >> 63);
        missing[0] = (missing[0] << 1) | (isMissing ? 1UL : 0);
    }

    /// <summary>Missing bars among the last <paramref name="bars"/>, at most the look-back.</summary>
    public int MissingAmong(int bars)
    {
        var count = 0;
        for (var i = 0; bars > 0; i++, bars -= 64)
            count += BitOperations.PopCount(bars >= 64 ? missing[i] : missing[i] & ((1UL << bars) - 1));
        return count;
    }

    /// <summary>σ of a slot: standard deviation of the log returns over the look-back × √(bars per slot), at least the schema's floor.</summary>
    public double SigmaSlot() => Math.Max(Deviation(FeatureSchema.LookbackBars) * Math.Sqrt(schema.Grid.BarsPerSlot), schema.MinSigmaSlot);

    /// <summary>Log returns over each horizon in σ·√bars.</summary>
    public void ReadReturns(double sigmaSlot, Span<float> into)
    {
        var sigmaBar = sigmaSlot / Math.Sqrt(schema.Grid.BarsPerSlot);
        var horizons = FeatureSchema.ReturnBars;
        for (var i = 0; i < horizons.Length; i++)
            into[i] = Bounded.Of(WindowMath.Sum(returns.Last(horizons[i])) / (sigmaBar * Math.Sqrt(horizons[i])));
    }

    /// <summary>The block of prices.</summary>
    public void Read(double sigmaSlot, Span<float> into)
    {
        ReadReturns(sigmaSlot, into);
        var at = FeatureSchema.LeaderReturns;
        var sigmaBar = sigmaSlot / Math.Sqrt(schema.Grid.BarsPerSlot);
        into[at++] = LogRatio(Deviation(ShortBars), sigmaBar);
        into[at++] = LogRatio(Deviation(MiddleBars), sigmaBar);

        // A round trip's cost is the scale on which volatility decides what a strategy can earn.
        into[at++] = LogRatio(sigmaSlot, Math.Max(2 * schema.Strategies.CostPerFill, schema.MinSigmaSlot));

        var all = volumes.Last(FeatureSchema.LookbackBars);
        var mean = WindowMath.Sum(all) / all.Length;
        var recent = WindowMath.Sum(volumes.Last(RecentBars)) / RecentBars;
        var deviation = Math.Sqrt(WindowMath.SumOfSquares(all, mean) / all.Length);
        into[at++] = deviation > 0 ? Bounded.Of((recent - mean) / deviation) : 0;
        into[at++] = mean > 0 ? LogRatio(recent, mean) : 0;
        into[at++] = Imbalance(RecentBars);
        into[at] = Imbalance(TakerBars);
    }

    /// <summary>ln(value / scale), no lower than a value of a thousandth of the scale gives.</summary>
    private static float LogRatio(double value, double scale) => Bounded.Of(Math.Log(Math.Max(value / scale, 1e-3)));

    /// <summary>Standard deviation about the mean of the last log returns.</summary>
    private double Deviation(int bars)
    {
        var window = returns.Last(bars);
        return window.IsEmpty ? 0 : Math.Sqrt(WindowMath.SumOfSquares(window, WindowMath.Sum(window) / window.Length) / window.Length);
    }

    /// <summary>(bought − sold) / volume by takers, within [−1, 1]; 0 without volume.</summary>
    private float Imbalance(int bars)
    {
        var volume = WindowMath.Sum(volumes.Last(bars));
        return volume > 0 ? Bounded.Of(WindowMath.Sum(takers.Last(bars)) / volume) : 0;
    }
}
