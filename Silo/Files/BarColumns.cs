using System.Text;
using Hts.Bars;

namespace Hts.Files;

/// <summary>Where a bar file keeps its values; -1 for a value that it does not have.</summary>
/// <param name="Fields">Number of fields of every row.</param>
/// <param name="Close">The close time, which tells how long a bar is.</param>
internal sealed record BarColumns(int Fields, int Symbol, int Time, int Open, int Volume, int Count, int TakerBuy, int Close = -1, int LastId = -1)
{
    /// <summary>Open time, four prices, volume, close time, quote volume, count, taker buy base, taker buy quote, ignore.</summary>
    private static BarColumns Klines { get; } = new(12, -1, 0, 1, 5, 8, 9, 6);

    /// <summary>What headers call the values.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "symbol", "ts", "open_time", "open", "high", "low", "close", "volume", "close_time", "trades", "count", "number_of_trades",
        "taker_buy_volume", "taker_buy_base_asset_volume", "last_trade_id",
    ];

    /// <summary>The values for which every row gets a stand-in.</summary>
    public UnknownValues Unknown =>
        (Count < 0 ? UnknownValues.Trades : UnknownValues.None) | (TakerBuy < 0 ? UnknownValues.TakerBuyVolume : UnknownValues.None);

    /// <summary>The layout that a file's first line shows; null when it is no bar file.</summary>
    public static BarColumns? Of(ReadOnlySpan<byte> firstLine)
    {
        var row = new CsvRow(firstLine);
        if (row.Count > CsvRow.MostFields)
            return null;
        if (TradeColumns.IsHeader(firstLine))
            return OfHeader(row);
        return row.Count == Klines.Fields && CsvField.Time(row[0], "", out _) is null && CsvField.Time(row[6], "", out _) is null
            ? Klines
            : null;
    }

    /// <returns>Null, or the rule that the row breaks.</returns>
    public string? Read(ReadOnlySpan<byte> line, out BarRow bar)
    {
        bar = default;
        var row = new CsvRow(line);
        if (row.Count != Fields)
            return $"{(row.Count > CsvRow.MostFields ? "too many" : row.Count)} fields instead of {Fields}";
        string? broken;
        if ((broken = CsvField.Time(row[Time], "ts", out var ts)) is not null
            || (broken = CsvField.Positive(row[Open], "open", out var open)) is not null
            || (broken = CsvField.Positive(row[Open + 1], "high", out var high)) is not null
            || (broken = CsvField.Positive(row[Open + 2], "low", out var low)) is not null
            || (broken = CsvField.Positive(row[Open + 3], "close", out var close)) is not null
            || (broken = CsvField.NotNegative(row[Volume], "volume", out var volume)) is not null)
            return broken;
        if (high < low)
            return "high is below low";
        if (open < low || open > high || close < low || close > high)
            return "open and close must lie within low and high";

        // Where a file does not tell, a bar with volume had at least one trade, and its takers are counted as balanced.
        var trades = volume > 0 ? 1L : 0;
        var takerBuy = volume / 2;
        if (Count >= 0 && (broken = CsvField.Whole(row[Count], "trades", out trades)) is not null)
            return broken;
        if (TakerBuy >= 0 && (broken = CsvField.NotNegative(row[TakerBuy], "taker_buy_volume", out takerBuy)) is not null)
            return broken;
        if (takerBuy > volume)
            return "taker_buy_volume exceeds volume";
        if (trades > int.MaxValue)
            return "trades is too large";
        var (lastId, lengthMs) = (0L, 0L);
        if (LastId >= 0 && (broken = CsvField.Whole(row[LastId], "last_trade_id", out lastId)) is not null)
            return broken;
        if (Close >= 0)
        {
            if ((broken = CsvField.Time(row[Close], "close_time", out var closeTs)) is not null)
                return broken;
            lengthMs = closeTs + 1 - ts;
            if (lengthMs <= 0)
                return "close_time is not after open_time";
        }
        bar = new BarRow(
            Symbol < 0 ? default : SymbolKey.Of(row[Symbol]), new Bar(ts, open, high, low, close, volume, takerBuy, (int)trades, lastId), lengthMs);
        return Symbol >= 0 && bar.Symbol.IsEmpty ? "symbol must be 2 to 32 capitals, digits or underscores" : null;
    }

    private static BarColumns? OfHeader(CsvRow row)
    {
        int symbol = -1, time = -1, open = -1, volume = -1, count = -1, taker = -1, close = -1, lastId = -1;
        var prices = 0;
        for (var i = 0; i < row.Count; i++)
        {
            switch (Encoding.ASCII.GetString(row[i]).Trim().ToLowerInvariant())
            {
                case "symbol": symbol = i; break;
                case "ts" or "open_time": time = i; break;
                case "open": open = i; break;
                case "high" when i == open + 1: prices++; break;
                case "low" when i == open + 2: prices++; break;
                case "close" when i == open + 3: prices++; break;
                case "volume": volume = i; break;
                case "close_time": close = i; break;
                case "last_trade_id": lastId = i; break;
                case "trades" or "count" or "number_of_trades": count = i; break;
                case "taker_buy_volume" or "taker_buy_base_asset_volume": taker = i; break;
            }
        }

        return time < 0 || open < 0 || prices < 3 || volume < 0
            ? null
            : new BarColumns(row.Count, symbol, time, open, volume, count, taker, close, lastId);
    }
}
