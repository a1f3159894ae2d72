namespace Hts.Live;

internal sealed partial class LiveSender
{
    [LoggerMessage(LogLevel.Warning, "The live inbox was full: {Lost} messages were dropped, clients were told to read again.")]
    private static partial void LogLost(ILogger log, int lost);
}
