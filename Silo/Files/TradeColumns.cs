using System.Text;
using Hts.Trades;

namespace Hts.Files;

/// <summary>Where a trade file keeps its values.</summary>
/// <param name="Fields">Number of fields of every row.</param>
internal sealed record TradeColumns(int Fields, int Id, int Price, int Quantity, int First, int Last, int Time, int Maker)
{
    /// <summary>What headers call the values.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "agg_trade_id", "id", "trade_id", "price", "quantity", "qty", "first_trade_id", "last_trade_id", "transact_time", "time", "timestamp",
        "is_buyer_maker",
    ];

    /// <summary>True when a row is one trade: the ids of such are counted apart from those of aggregates.</summary>
    public bool AreSingle => First == Id;

    /// <summary>Aggregate trades without a header: id, price, quantity, first id, last id, time, maker[, best match].</summary>
    private static TradeColumns Aggregates(int fields) => new(fields, 0, 1, 2, 3, 4, 5, 6);

    /// <summary>Single trades without a header: id, price, quantity, quote quantity, time, maker[, best match].</summary>
    private static TradeColumns Singles(int fields) => new(fields, 0, 1, 2, 0, 0, 4, 5);

    /// <summary>The layout that a file's first line shows; null when it is no trade file.</summary>
    public static TradeColumns? Of(ReadOnlySpan<byte> firstLine)
    {
        var row = new CsvRow(firstLine);
        if (row.Count > CsvRow.MostFields)
            return null;
        if (IsHeader(firstLine))
            return OfHeader(row);
        if (row.Count == 6 && CsvField.IsFlag(row[5]))
            return Singles(row.Count);
        if (row.Count is 7 or 8 && CsvField.IsFlag(row[6]))
            return CsvField.IsFlag(row[5]) ? Singles(row.Count) : Aggregates(row.Count);
        return null;
    }

    public static bool IsHeader(ReadOnlySpan<byte> firstLine) =>
        firstLine is [(byte)'"', var quoted, ..] ? char.IsAsciiLetter((char)quoted) : firstLine is [var first, ..] && char.IsAsciiLetter((char)first);

    /// <returns>Null, or the rule that the row breaks.</returns>
    public string? Read(ReadOnlySpan<byte> line, out Trade trade)
    {
        trade = default;
        var row = new CsvRow(line);
        if (row.Count != Fields)
            return $"{(row.Count > CsvRow.MostFields ? "too many" : row.Count)} fields instead of {Fields}";
        string? broken;
        if ((broken = CsvField.Whole(row[Id], "id", out var id)) is not null
            || (broken = CsvField.Positive(row[Price], "price", out var price)) is not null
            || (broken = CsvField.Positive(row[Quantity], "quantity", out var quantity)) is not null
            || (broken = CsvField.Whole(row[First], "first trade id", out var first)) is not null
            || (broken = CsvField.Whole(row[Last], "last trade id", out var last)) is not null
            || (broken = CsvField.Time(row[Time], "time", out var ts)) is not null
            || (broken = CsvField.Flag(row[Maker], "buyer-is-maker", out var maker)) is not null)
            return broken;
        if (last < first)
            return "last trade id is below first trade id";
        trade = new Trade(id, first, last, ts, price, quantity, maker);
        return null;
    }

    private static TradeColumns? OfHeader(CsvRow row)
    {
        int id = -1, price = -1, quantity = -1, first = -1, last = -1, time = -1, maker = -1;
        for (var i = 0; i < row.Count; i++)
        {
            switch (Encoding.ASCII.GetString(row[i]).Trim().ToLowerInvariant())
            {
                case "agg_trade_id" or "id" or "trade_id": id = i; break;
                case "price": price = i; break;
                case "quantity" or "qty": quantity = i; break;
                case "first_trade_id": first = i; break;
                case "last_trade_id": last = i; break;
                case "transact_time" or "time" or "timestamp": time = i; break;
                case "is_buyer_maker": maker = i; break;
            }
        }

        if (id < 0 || price < 0 || quantity < 0 || time < 0 || maker < 0)
            return null;
        return new TradeColumns(row.Count, id, price, quantity, first < 0 ? id : first, last < 0 ? id : last, time, maker);
    }
}
