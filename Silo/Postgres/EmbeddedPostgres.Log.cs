namespace Hts.Postgres;

public sealed partial class EmbeddedPostgres
{
    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL {Major} ({Source}) started on loopback port {Port} in {DataDir}")]
    private static partial void LogStarted(ILogger logger, int major, string source, int port, string dataDir);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Took over the running PostgreSQL (process {Pid}, port {Port}) of an owner that was killed")]
    private static partial void LogTakenOver(ILogger logger, int pid, int port);

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL (process {Pid}) had been killed; it recovers from its log of changes")]
    private static partial void LogRecovering(ILogger logger, int pid);

    [LoggerMessage(Level = LogLevel.Information, Message = "Using the PostgreSQL on loopback port {Port} that process {Holder} owns")]
    private static partial void LogGuest(ILogger logger, int port, string holder);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL died: {Trouble}")]
    private static partial void LogDied(ILogger logger, string trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL is back on port {Port}")]
    private static partial void LogRestarted(ILogger logger, int port);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL could not be restarted, trying again")]
    private static partial void LogRestartFailed(ILogger logger, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL in {DataDir} stopped")]
    private static partial void LogStopped(ILogger logger, string dataDir);
}
