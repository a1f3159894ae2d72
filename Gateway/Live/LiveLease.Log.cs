namespace Hts.Live;

internal sealed partial class LiveLease
{
    [LoggerMessage(LogLevel.Warning, "Live messages do not come in: the cluster did not take the gateway's lease ({Fault}: {Message}). Trying again.")]
    private static partial void LogLost(ILogger log, string fault, string message);

    [LoggerMessage(LogLevel.Information, "Live messages come in again.")]
    private static partial void LogRegained(ILogger log);

    [LoggerMessage(LogLevel.Debug, "The gateway's lease was left to run out: {Message}")]
    private static partial void LogNoFarewell(ILogger log, string message);
}
