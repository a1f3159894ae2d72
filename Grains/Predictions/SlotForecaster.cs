using Hts.Bars;
using Hts.Forecasts;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Models;
using Hts.Policies;
using Hts.Strategies;
using Hts.Time;
using Microsoft.Extensions.Options;

namespace Hts.Predictions;

/// <summary>Makes the ledger row of one slot, or says that it cannot be made yet.</summary>
internal sealed class SlotForecaster(
    IGrainFactory grains, EpochCache epochs, LeaderCache leader, IForecaster forecaster, SelectionRule rule, StrategySet strategies,
    MarketClock clock, Grid grid, IOptions<PredictionOptions> options)
{
    private readonly PredictionOptions options = options.Value;

    /// <summary>Null when bars or the forecaster are not ready yet and there is still time.</summary>
    public async Task<LedgerRow?> TryMake(string symbol, long baseTs)
    {
        if (IsTooLate(baseTs))
            return Explained(symbol, baseTs, Reasons.Missed);
        var market = grains.GetGrain<IMarketGrain>(symbol);
        var leading = await leader.For(symbol, baseTs);
        if (leading is { Readiness: Readiness.NotYet } && clock.NowMs - baseTs < options.LeaderWaitSeconds * 1000L)
            return null;
        var features = await market.Features(baseTs, leading is { Readiness: Readiness.Ready } ? leading : null);
        return features.Readiness switch
        {
            Readiness.NotYet => null,
            Readiness.Ready => await Forecast(symbol, baseTs, features),
            _ => Explained(symbol, baseTs, features.Reason),
        };
    }

    /// <summary>True when a slot may no longer be predicted.</summary>
    public bool IsTooLate(long baseTs) => clock.NowMs - baseTs > options.ToleranceSeconds * 1000L;

    public LedgerRow Explained(string symbol, long baseTs, string reason) => new(
        symbol, baseTs, Roles.Champion, null, null, baseTs + grid.SlotMs, null, null, null, null, reason, null, clock.NowMs);

    private async Task<LedgerRow?> Forecast(string symbol, long baseTs, FeaturesReply features)
    {
        if (await epochs.At(baseTs) is not { } epoch)
            return Explained(symbol, baseTs, Reasons.NoModelYet) with { FeaturesHash = features.Hash };
        Forecast forecast;
        try
        {
            forecast = await forecaster.Forecast(
                epoch.Version, new ForecastInput(features.Values, features.SigmaSlot, features.Standing), CancellationToken.None);
        }
        catch (ForecasterBusyException)
        {
            return null;
        }
        // The tolerance is checked last: a row is either in time or explained.
        if (IsTooLate(baseTs))
            return Explained(symbol, baseTs, Reasons.Missed);
        var choice = rule.Choose(forecast);
        return new LedgerRow(
            symbol, baseTs, Roles.Champion, epoch.Version, epoch.Number, baseTs + grid.SlotMs, Percent(forecast.Net),
            Percent(forecast.Lower), Percent(forecast.Upper), choice.Strategy is { } i ? strategies.Names[i] : null, choice.Reason,
            features.Hash, clock.NowMs);
    }

    private static double[] Percent(double[] fractions) => Array.ConvertAll(fractions, f => f * 100);
}
