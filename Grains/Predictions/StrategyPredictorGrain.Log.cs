using Microsoft.Extensions.Logging;

namespace Hts.Predictions;

internal sealed partial class StrategyPredictorGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: what the intervals had learned could not be read; they begin anew")]
    private static partial void LogIntervalsLost(ILogger logger, Exception cause, string symbol);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: what forecast beside the champion was not stored")]
    private static partial void LogShadowsLost(ILogger logger, Exception cause, string symbol);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Symbol}: {Count} slots were missed and are explained as such")]
    private static partial void LogMissed(ILogger logger, string symbol, int count);
}
