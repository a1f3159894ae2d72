namespace Hts.Models;

/// <summary>
/// Residual quantiles of the net forecast in σ units, per strategy and apart for "own position flat" and "own position stands"
/// (a strategy that stands moves with the market, a flat one often stays at zero; one table for both covers neither).
/// </summary>
/// <param name="Lower">Strategies × 2 (flat, standing): the lower residual quantile.</param>
/// <param name="Upper">Strategies × 2: the upper one.</param>
public sealed record IntervalTable(double[] Lower, double[] Upper)
{
    public double LowerOf(int strategy, bool stands) => Lower[(2 * strategy) + (stands ? 1 : 0)];

    public double UpperOf(int strategy, bool stands) => Upper[(2 * strategy) + (stands ? 1 : 0)];
}
