namespace Hts.Feeds;

internal sealed partial class BinanceStream
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Connected to {Address} for {Symbols} symbols.")]
    private static partial void LogOpened(ILogger log, string address, int symbols);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "{Address} announced the end of the connection.")]
    private static partial void LogShutdown(ILogger log, string address);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "A stream message could not be read: {Text}")]
    private static partial void LogMalformed(ILogger log, string text);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "The connection could not be probed: {Reason}")]
    private static partial void LogAskFailed(ILogger log, string reason);
}
