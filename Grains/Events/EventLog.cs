using Hts.History;
using Hts.Live;
using Hts.Time;
using Microsoft.Extensions.Logging;

namespace Hts.Events;

/// <summary>
/// Writes the status log: durable, shown live, and in the process's own log. What it tells of must not fail with it: a line that
/// cannot be stored stands in the process's log alone.
/// </summary>
public sealed partial class EventLog(IEventStore store, LivePublisher live, MarketClock clock, ILogger<EventLog> logger)
{
    public Task Info(string kind, string? symbol, string message) => Write(kind, "info", symbol, message);

    public Task Warning(string kind, string? symbol, string message) => Write(kind, "warning", symbol, message);

    public Task Error(string kind, string? symbol, string message) => Write(kind, "error", symbol, message);

    private async Task Write(string kind, string level, string? symbol, string message)
    {
        LogEvent(logger, level switch { "error" => LogLevel.Error, "warning" => LogLevel.Warning, _ => LogLevel.Information },
            kind, symbol, message);
        var row = new EventRow(0, clock.NowMs, kind, level, symbol, message);
        try
        {
            row = await store.Write(row, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogNotStored(logger, e, kind, symbol);
            return;
        }
        live.Publish(new LiveMessage("event", symbol, null, null, null, row.ToMessage(), null));
    }

    [LoggerMessage(Message = "{Kind} {Symbol}: {Text}")]
    private static partial void LogEvent(ILogger logger, LogLevel level, string kind, string? symbol, string text);

    [LoggerMessage(Level = LogLevel.Error, Message = "The line above ({Kind} {Symbol}) is not in the status log")]
    private static partial void LogNotStored(ILogger logger, Exception cause, string kind, string? symbol);
}
