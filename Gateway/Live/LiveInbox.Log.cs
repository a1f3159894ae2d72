namespace Hts.Live;

internal sealed partial class LiveInbox
{
    [LoggerMessage(LogLevel.Warning, "A live message of kind '{Kind}' carried nothing that is known here.")]
    private static partial void LogEmpty(ILogger log, string kind);
}
