using System.Globalization;
using System.Text;
using Hts.Files;

namespace Hts.Imports;

/// <summary>Builds the lines of a table's rows. Optional values that are absent or null are treated as a file without that column.</summary>
internal static class TableLine
{
    public const string Time = "ts";

    /// <summary>Columns that every table has.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["open", "high", "low", "close", "volume"];

    /// <summary>Columns that a table may have.</summary>
    public static IReadOnlyList<string> Optional { get; } = ["trades", "taker_buy_volume", "last_trade_id"];

    private static BarColumns All { get; } = BarColumns.Of(Encoding.ASCII.GetBytes(string.Join(',', [Time, .. Needed, .. Optional])))!;

    /// <param name="time">As text: ISO 8601, UTC when it has no offset, or milli- or microseconds.</param>
    /// <param name="values">A column's value as text; null when there is none.</param>
    public static TableRow Make(string? time, Func<string, string?> values)
    {
        var line = new StringBuilder(Micros(time));
        foreach (var column in Needed)
            line.Append(',').Append(values(column));
        var columns = All;
        foreach (var column in Optional)
        {
            var value = values(column);
            line.Append(',').Append(value);
            if (value is null)
                columns = Without(columns, column);
        }
        return new TableRow(columns, Encoding.UTF8.GetBytes(line.ToString()), time ?? "");
    }

    private static BarColumns Without(BarColumns columns, string column) => column switch
    {
        "trades" => columns with { Count = -1 },
        "taker_buy_volume" => columns with { TakerBuy = -1 },
        _ => columns with { LastId = -1 },
    };

    private static string Micros(string? time) => DateTimeOffset.TryParse(
        time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
        ? ((instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture)
        : time ?? "";
}
