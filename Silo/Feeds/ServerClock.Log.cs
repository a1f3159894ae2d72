namespace Hts.Feeds;

internal sealed partial class ServerClock
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The exchange did not tell its time; its last answer serves on: {Reason}")]
    private static partial void LogNotAnswered(ILogger log, string reason);
}
