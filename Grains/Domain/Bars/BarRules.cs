using System.Globalization;

namespace Hts.Bars;

/// <summary>What makes a bar believable. Checked at every door through which bars come in.</summary>
public static class BarRules
{
    /// <summary>How far the end of a live bar, or a trade of it, may lie ahead of a machine's clock, ms: clocks differ.</summary>
    public const long ClockToleranceMs = 60_000;

    /// <summary>Null when the bar is sound, else the first broken rule, naming field and value.</summary>
    /// <param name="bar">The bar as it came in.</param>
    /// <param name="grid">The grid it must lie on.</param>
    /// <param name="latestMs">When it was known, Unix milliseconds UTC, at the latest now: a bar that ends later could not be known.</param>
    public static string? Check(in Bar bar, Grid grid, long latestMs) =>
        CheckTime(bar.Ts, grid, latestMs)
        ?? CheckPrice("open", bar.Open)
        ?? CheckPrice("high", bar.High)
        ?? CheckPrice("low", bar.Low)
        ?? CheckPrice("close", bar.Close)
        ?? CheckRange(bar)
        ?? CheckAmount("volume", bar.Volume)
        ?? CheckAmount("taker buy volume", bar.TakerBuyVolume)
        ?? (bar.TakerBuyVolume > bar.Volume ? Text($"taker buy volume {bar.TakerBuyVolume} is above volume {bar.Volume}") : null)
        ?? (bar.Trades < 0 ? Text($"trades {bar.Trades} is negative") : null)
        ?? (bar.LastTradeId < 0 ? Text($"last trade id {bar.LastTradeId} is negative") : null);

    private static string? CheckTime(long ts, Grid grid, long latestMs)
    {
        if (ts <= 0)
            return Text($"ts {ts} is not a time after 1970");
        if (!grid.IsBarTs(ts))
            return Text($"ts {ts} is not a multiple of {grid.BarMs} ms");
        return ts > latestMs - grid.BarMs ? Text($"ts {ts} is in the future: its bar ends after {latestMs}") : null;
    }

    private static string? CheckPrice(string field, double value)
    {
        if (!double.IsFinite(value))
            return Text($"{field} {value} is not a finite number");
        return value > 0 ? null : Text($"{field} {value} is not positive");
    }

    private static string? CheckRange(in Bar bar)
    {
        if (bar.High < bar.Low)
            return Text($"high {bar.High} is below low {bar.Low}");
        if (bar.Open < bar.Low || bar.Open > bar.High)
            return Text($"open {bar.Open} is outside [{bar.Low}, {bar.High}]");
        return bar.Close < bar.Low || bar.Close > bar.High ? Text($"close {bar.Close} is outside [{bar.Low}, {bar.High}]") : null;
    }

    private static string? CheckAmount(string field, double value)
    {
        if (!double.IsFinite(value))
            return Text($"{field} {value} is not a finite number");
        return value < 0 ? Text($"{field} {value} is negative") : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
