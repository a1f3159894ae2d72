using Hts.Forecasts;

namespace Hts.Policies;

/// <summary>
/// Which strategy to run: the one with the highest expected net return, if that exceeds the threshold and the strategy is expected to
/// trade; else none. Where the features are like nothing the model has learned from, its forecast counts for nothing. A strategy that is expected to stay flat costs nothing and earns nothing: to be best that way is no reason to run it.
/// </summary>
public sealed class SelectionRule
{
    private const double BasisPoint = 1e-4;

    private readonly double minNet;
    private readonly double minSides;

    /// <exception cref="ArgumentOutOfRangeException">An option is not allowed.</exception>
    public SelectionRule(SelectionOptions? options = null)
    {
        options ??= new();
        options.Validate();
        minNet = options.MinNetBp * BasisPoint;
        minSides = options.MinSides;
    }

    /// <summary>Chooses for one slot; the first of equally good strategies wins.</summary>
    /// <exception cref="ArgumentException">The forecast is empty or not finite.</exception>
    public StrategyChoice Choose(Forecast forecast)
    {
        if (forecast.Net.Length == 0 || forecast.Sides.Length != forecast.Net.Length)
            throw new ArgumentException($"A forecast of {forecast.Net.Length} returns and {forecast.Sides.Length} fills has no choice.", nameof(forecast));
        var best = 0;
        for (var i = 0; i < forecast.Net.Length; i++)
        {
            if (!double.IsFinite(forecast.Net[i]) || !double.IsFinite(forecast.Sides[i]))
                throw new ArgumentException($"The forecast of strategy {i} is not finite.", nameof(forecast));
            if (forecast.Net[i] > forecast.Net[best])
                best = i;
        }

        if (!(forecast.Novelty <= 1))
            return new(null, Reasons.OutOfDistribution);
        if (forecast.Sides[best] < minSides)
            return new(null, Reasons.ExpectedToStayFlat);
        return forecast.Net[best] > minNet ? new(best, Reasons.Picked) : new(null, Reasons.NotWorthTheCost);
    }
}
