namespace Hts.Postgres;

public static partial class Migrations
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Applied schema step {Name}")]
    private static partial void LogApplied(ILogger logger, string name);
}
