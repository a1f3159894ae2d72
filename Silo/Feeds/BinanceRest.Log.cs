namespace Hts.Feeds;

internal sealed partial class BinanceRest
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Path} failed: {Reason} Repetition {Attempt} follows.")]
    private static partial void LogRepeated(ILogger log, string path, string reason, int attempt);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The exchange asks for fewer requests: quiet for {Seconds} s.")]
    private static partial void LogQuiet(ILogger log, double seconds);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "The exchange has banned this address: nothing is sent for {Seconds} s.")]
    private static partial void LogBanned(ILogger log, double seconds);
}
