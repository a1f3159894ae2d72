namespace Hts.Exchange;

internal sealed partial class StreamSession
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "A client took no message for {Seconds} s and was cut off.")]
    private static partial void LogSlow(ILogger log, double seconds);

    [LoggerMessage(EventId = 2, Level = LogLevel.Debug, Message = "A client's connection broke: {Reason}")]
    private static partial void LogBroken(ILogger log, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "A client sent more than {Allowed} control messages a second, or too large ones, and was cut off.")]
    private static partial void LogUnruly(ILogger log, int allowed);
}
