namespace Hts.Hosting;

internal static partial class TapeProblem
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The tape: {Problem}")]
    public static partial void Log(ILogger logger, string problem);
}
