using Hts.Features;
using Hts.Forecasts;
using Microsoft.Extensions.Logging;

namespace Hts.Predictions;

/// <summary>
/// Asks the shadows of a slot. Their requests are queued with the champion's and run in the same batch; one that fails is left out.
/// </summary>
internal sealed partial class ShadowForecaster(ShadowLineUp lineUp, IForecaster forecaster, FeatureSchema schema, ILogger<ShadowForecaster> logger)
{
    /// <returns>Each shadow that answered; without a forecast when its output was not finite.</returns>
    public async Task<IReadOnlyList<(Shadow Shadow, Forecast? Forecast)>> Ask(string symbol, long baseTs, string champion, ForecastInput input)
    {
        var shadows = lineUp.At(symbol, baseTs, champion);
        if (shadows.Count == 0)
            return [];
        var answers = await Task.WhenAll(shadows.Select(shadow => One(shadow, input)));
        return [.. answers.Where(a => a.Answered).Select(a => (a.Shadow, a.Forecast))];
    }

    private async Task<(Shadow Shadow, Forecast? Forecast, bool Answered)> One(Shadow shadow, ForecastInput input)
    {
        try
        {
            return (shadow, await forecaster.Forecast(shadow.Name, shadow.NewsBlind ? Blind(input) : input, CancellationToken.None), true);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            LogFailed(logger, e, shadow.Role, shadow.Version);
            return (shadow, null, true);
        }
        catch (Exception e) when (e is ForecasterBusyException or KeyNotFoundException or ArgumentException or ObjectDisposedException)
        {
            LogFailed(logger, e, shadow.Role, shadow.Version);
            return (shadow, null, false);
        }
    }

    private ForecastInput Blind(ForecastInput input)
    {
        float[] features = [.. input.Features];
        FeatureRow.ClearTexts(schema, features);
        return input with { Features = features };
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Role} ({Version}) gave no forecast")]
    private static partial void LogFailed(ILogger logger, Exception cause, string role, string version);
}
