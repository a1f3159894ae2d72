namespace Hts.Models;

/// <summary>
/// Turns a model's outputs into the strategies' gross, sides and net. The one definition for training, evaluation and serving:
/// gross = σ·slope·output, sides as put out, net = gross − cost·sides; the holds fill twice, the short one mirrors the long one,
/// so that net short = −4·cost − net long.
/// </summary>
public sealed class Composer
{
    private const double HoldSides = 2;
    private readonly TargetLayout layout;
    private readonly double costPerFill;
    private readonly double slope;
    private readonly OutputRange[] ranges;

    /// <param name="costPerFill">Fraction of the price.</param>
    /// <param name="slope">Shrinks gross, 0 to 1.</param>
    /// <param name="ranges">One an output.</param>
    public Composer(TargetLayout layout, double costPerFill, double slope, OutputRange[] ranges)
    {
        if (ranges.Length != layout.OutputCount)
            throw new ArgumentException($"{layout.OutputCount} ranges are needed, not {ranges.Length}.", nameof(ranges));
        this.layout = layout;
        this.costPerFill = costPerFill;
        this.slope = slope;
        this.ranges = ranges;
    }

    /// <param name="outputs">One row of outputs.</param>
    /// <param name="sigmaSlot">Turns σ units into fractions; with 1 the results, but for the cost, stay in σ units.</param>
    public void Compose(ReadOnlySpan<double> outputs, double sigmaSlot, Span<double> gross, Span<double> sides, Span<double> net)
    {
        for (var a = 0; a < layout.ActiveCount; a++)
            Put(layout.Active[a], sigmaSlot * slope * Held(outputs, a), Held(outputs, layout.GrossCount + a), gross, sides, net);
        var hold = sigmaSlot * slope * Held(outputs, layout.ActiveCount);
        Put(layout.LongIndex, hold, HoldSides, gross, sides, net);
        Put(layout.ShortIndex, -hold, HoldSides, gross, sides, net);
    }

    private void Put(int strategy, double grossReturn, double fills, Span<double> gross, Span<double> sides, Span<double> net)
    {
        gross[strategy] = grossReturn;
        sides[strategy] = fills;
        net[strategy] = grossReturn - (costPerFill * fills);
    }

    private double Held(ReadOnlySpan<double> outputs, int t) => Math.Clamp(outputs[t], ranges[t].Low, ranges[t].High);
}
