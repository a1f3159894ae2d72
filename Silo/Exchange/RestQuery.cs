using System.Globalization;

namespace Hts.Exchange;

/// <summary>Parameters of a REST request.</summary>
internal readonly struct RestQuery(IQueryCollection query, TapeMarket market)
{
    private const int MostRows = 1000;
    private const int RowsByDefault = 500;

    public string Symbol()
    {
        var symbol = query["symbol"].ToString();
        if (symbol.Length == 0)
            throw RestException.Missing("symbol");
        return market.Lists(symbol) ? symbol : throw RestException.BadSymbol;
    }

    public long? Number(string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw RestException.Malformed(name);
    }

    /// <summary>The exchange cuts a limit that is too high without a word.</summary>
    public int Limit()
    {
        var limit = Number("limit") ?? RowsByDefault;
        return limit < 1 ? throw RestException.Malformed("limit") : (int)Math.Min(limit, MostRows);
    }

    public long BarMs() => query["interval"].ToString() switch
    {
        "" => throw RestException.Missing("interval"),
        "1s" => 1_000,
        "1m" => 60_000,
        "3m" => 180_000,
        "5m" => 300_000,
        "15m" => 900_000,
        "30m" => 1_800_000,
        "1h" => 3_600_000,
        _ => throw RestException.BadInterval,
    };
}
