using Hts.Bars;
using Hts.Drift;
using Hts.Forecasts;
using Hts.Gates;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Models;
using Hts.Policies;
using Hts.Strategies;
using Hts.Time;
using Microsoft.Extensions.Options;

namespace Hts.Predictions;

/// <summary>Makes the ledger rows of one slot, or says that they cannot be made yet.</summary>
internal sealed class SlotForecaster(
    IGrainFactory grains, EpochCache epochs, ModelAges ages, LeaderCache leader, IForecaster forecaster, ShadowForecaster shadows, SelectionRule rule,
    DriftWatch drift, StrategySet strategies, MarketClock clock, Grid grid, IOptions<PredictionOptions> options)
{
    private readonly PredictionOptions options = options.Value;
    private readonly int[] active = [.. strategies.Active.Select(s => strategies.Names.ToList().IndexOf(s.Name))];

    /// <summary>Null when bars or the forecaster are not ready yet and there is still time.</summary>
    public async Task<SlotRows?> TryMake(string symbol, long baseTs)
    {
        if (IsTooLate(baseTs))
            return SlotRows.Of(Explained(symbol, baseTs, Reasons.Missed));
        var market = grains.GetGrain<IMarketGrain>(symbol);
        var leading = await leader.For(symbol, baseTs);
        if (leading is { Readiness: Readiness.NotYet } && clock.NowMs - baseTs < options.LeaderWaitSeconds * 1000L)
            return null;
        var features = await market.Features(baseTs, leading is { Readiness: Readiness.Ready } ? leading : null);
        return features.Readiness switch
        {
            Readiness.NotYet => null,
            Readiness.Ready => await Forecast(symbol, baseTs, features),
            _ => SlotRows.Of(Explained(symbol, baseTs, features.Reason)),
        };
    }

    /// <summary>True when a slot may no longer be predicted.</summary>
    public bool IsTooLate(long baseTs) => clock.NowMs - baseTs > options.ToleranceSeconds * 1000L;

    public LedgerRow Explained(string symbol, long baseTs, string reason) => new(
        symbol, baseTs, Roles.Champion, null, null, baseTs + grid.SlotMs, null, null, null, null, reason, null, clock.NowMs);

    private async Task<SlotRows?> Forecast(string symbol, long baseTs, FeaturesReply features)
    {
        if (await epochs.At(baseTs) is not { } epoch)
            return SlotRows.Of(Explained(symbol, baseTs, Reasons.NoModelYet) with { FeaturesHash = features.Hash });
        var isStale = await ages.At(baseTs, epoch) > options.MaxModelAgeHours * 3_600_000L;
        var input = new ForecastInput(features.Values, features.SigmaSlot, features.Standing);
        Forecast forecast;
        Task<IReadOnlyList<LedgerRow>> beside;
        try
        {
            // The champion's request goes first, the others' are queued behind it, so that they run in one batch.
            var asked = forecaster.Forecast(epoch.Version, input, CancellationToken.None);
            beside = Beside(symbol, baseTs, epoch.Version, input, features);
            forecast = await asked;
        }
        catch (ForecasterBusyException)
        {
            return null;
        }
        // The tolerance is checked last: a row is either in time or explained.
        if (IsTooLate(baseTs))
            return SlotRows.Of(Explained(symbol, baseTs, Reasons.Missed));
        await drift.Predicted(symbol, baseTs, features.Values);
        var row = Row(symbol, baseTs, Roles.Champion, epoch.Version, forecast, features) with { Epoch = epoch.Number };
        return new(isStale ? row with { Pick = null, Reason = Reasons.StaleModel } : row, beside);
    }

    private async Task<IReadOnlyList<LedgerRow>> Beside(string symbol, long baseTs, string champion, ForecastInput input, FeaturesReply features)
    {
        var answers = await shadows.Ask(symbol, baseTs, champion, input);
        return [.. answers.Select(a => Row(symbol, baseTs, a.Shadow.Role, a.Shadow.Version, a.Forecast, features))];
    }

    private LedgerRow Row(string symbol, long baseTs, string role, string version, Forecast? forecast, FeaturesReply features)
    {
        if (forecast is null)
            return Explained(symbol, baseTs, GateVerdicts.NonFinite) with { Role = role, ModelVersion = version, FeaturesHash = features.Hash };
        var choice = rule.Choose(forecast);
        return new LedgerRow(
            symbol, baseTs, role, version, null, baseTs + grid.SlotMs, Percent(forecast.Net), Percent(forecast.Lower), Percent(forecast.Upper),
            choice.Strategy is { } i ? strategies.Names[i] : null, choice.Reason, features.Hash, clock.NowMs)
        {
            SigmaSlot = features.SigmaSlot,
            GrossPct = Percent(forecast.Gross),
            Stands = Stands(features.Standing),
        };
    }

    private int[] Stands(sbyte[] standing)
    {
        var stands = new int[strategies.Count];
        for (var i = 0; i < standing.Length; i++)
            stands[active[i]] = standing[i] == 0 ? 0 : 1;
        return stands;
    }

    private static double[] Percent(double[] fractions) => Array.ConvertAll(fractions, f => f * 100);
}
