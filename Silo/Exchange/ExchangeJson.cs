using System.Globalization;
using System.Text.Json;
using Hts.Bars;
using Hts.Trades;

namespace Hts.Exchange;

/// <summary>The exchange's JSON. Decimals are strings that read back to the same double.</summary>
internal static class ExchangeJson
{
    private static readonly string[] QuoteAssets = ["USDT", "USDC", "FDUSD", "USD", "EUR", "JPY", "BTC", "ETH", "BNB"];

    public static void Trade(Utf8JsonWriter json, in Trade trade)
    {
        json.WriteStartObject();
        json.WriteNumber("a"u8, trade.Id);
        Decimal(json, "p"u8, trade.Price);
        Decimal(json, "q"u8, trade.Quantity);
        json.WriteNumber("f"u8, trade.FirstId);
        json.WriteNumber("l"u8, trade.LastId);
        json.WriteNumber("T"u8, trade.Ts);
        json.WriteBoolean("m"u8, trade.BuyerIsMaker);
        json.WriteBoolean("M"u8, true);
        json.WriteEndObject();
    }

    public static void Kline(Utf8JsonWriter json, in Bar bar, long barMs)
    {
        json.WriteStartArray();
        json.WriteNumberValue(bar.Ts);
        Decimal(json, bar.Open);
        Decimal(json, bar.High);
        Decimal(json, bar.Low);
        Decimal(json, bar.Close);
        Decimal(json, bar.Volume);
        json.WriteNumberValue(bar.Ts + barMs - 1);
        Decimal(json, bar.Volume * bar.Close);
        json.WriteNumberValue(bar.Trades);
        Decimal(json, bar.TakerBuyVolume);
        Decimal(json, bar.TakerBuyVolume * bar.Close);
        json.WriteStringValue("0"u8);
        json.WriteEndArray();
    }

    public static void Info(Utf8JsonWriter json, TapeMarket market)
    {
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", market.NowMs);
        json.WriteStartArray("symbols");
        foreach (var symbol in market.Tape.Symbols)
        {
            var (asset, quote) = Assets(symbol);
            json.WriteStartObject();
            json.WriteString("symbol", symbol);
            json.WriteString("status", market.Status(symbol));
            json.WriteString("baseAsset", asset);
            json.WriteString("quoteAsset", quote);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One stream event; wrapped with its stream's name on combined connections.</summary>
    public static void Event(Utf8JsonWriter json, string symbol, TradeStreamKind kind, string? wrapper, in Trade trade)
    {
        json.WriteStartObject();
        if (wrapper is not null)
        {
            json.WriteString("stream"u8, wrapper);
            json.WriteStartObject("data"u8);
        }

        json.WriteString("e"u8, kind == TradeStreamKind.Aggregates ? "aggTrade"u8 : "trade"u8);
        json.WriteNumber("E"u8, trade.Ts);
        json.WriteString("s"u8, symbol);
        json.WriteNumber(kind == TradeStreamKind.Aggregates ? "a"u8 : "t"u8, trade.Id);
        Decimal(json, "p"u8, trade.Price);
        Decimal(json, "q"u8, trade.Quantity);
        if (kind == TradeStreamKind.Aggregates)
        {
            json.WriteNumber("f"u8, trade.FirstId);
            json.WriteNumber("l"u8, trade.LastId);
        }

        json.WriteNumber("T"u8, trade.Ts);
        json.WriteBoolean("m"u8, trade.BuyerIsMaker);
        json.WriteBoolean("M"u8, true);
        if (wrapper is not null)
            json.WriteEndObject();
        json.WriteEndObject();
    }

    private static (string Asset, string Quote) Assets(string symbol)
    {
        var at = symbol.IndexOf('_', StringComparison.Ordinal);
        if (at > 0)
            return (symbol[..at], symbol[(at + 1)..]);
        var quote = QuoteAssets.FirstOrDefault(asset => symbol.Length > asset.Length && symbol.EndsWith(asset, StringComparison.Ordinal)) ?? "";
        return (symbol[..^quote.Length], quote);
    }

    private static void Decimal(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value)
    {
        json.WritePropertyName(name);
        Decimal(json, value);
    }

    private static void Decimal(Utf8JsonWriter json, double value)
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        // The shortest form of very small and large numbers has an exponent, which the exchange never sends.
        if (text[..length].Contains((byte)'E'))
            ((decimal)value).TryFormat(text, out length, "0.############################", CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }
}
