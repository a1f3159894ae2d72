namespace Hts.Postgres;

internal sealed partial class BatchWriter<T>
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot store {Count} writes of {Name} now, trying again in {PauseMs} ms")]
    private static partial void LogWaiting(ILogger logger, string name, int count, double pauseMs, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot store {Count} writes of {Name}")]
    private static partial void LogFailed(ILogger logger, string name, int count, Exception error);
}
