namespace Hts.Postgres;

internal sealed partial class StorageKeeper
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Rolled up {Hours} hours of bars")]
    private static partial void LogRolled(ILogger logger, int hours);

    [LoggerMessage(Level = LogLevel.Information, Message = "Dropped the bars of the day {Day}: older than Storage:BarDays; their roll-ups stay")]
    private static partial void LogDroppedDay(ILogger logger, string day);

    [LoggerMessage(Level = LogLevel.Information, Message = "Dropped the one-minute bars of the month {Month}: older than Storage:RollUpDays")]
    private static partial void LogDroppedMonth(ILogger logger, string month);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Took {States} restart states out of slots older than Storage:StateDays")]
    private static partial void LogThinned(ILogger logger, long states);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Bars that are no longer kept are in use or not rolled up yet; dropping them is tried again")]
    private static partial void LogLeft(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The upkeep of the database failed and is tried again; bars are stored meanwhile")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
