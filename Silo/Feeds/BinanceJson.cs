using System.Text.Json;
using Hts.Bars;
using Hts.Files;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>Reads the bodies of Binance's REST answers. A body of another shape throws <see cref="JsonException"/> or the like.</summary>
internal static class BinanceJson
{
    /// <summary>[{"a":id,"p":"price","q":"quantity","f":first,"l":last,"T":ms,"m":maker,"M":…}]</summary>
    public static IReadOnlyList<Trade> Trades(ReadOnlySpan<byte> body)
    {
        var trades = new List<Trade>();
        var reader = Begin(body);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            long id = 0, first = 0, last = 0, ts = 0;
            double price = 0, quantity = 0;
            var maker = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.ValueSpan.Length == 1 ? reader.ValueSpan[0] : (byte)0;
                reader.Read();
                switch (name)
                {
                    case (byte)'a': id = reader.GetInt64(); break;
                    case (byte)'p': price = Number(ref reader); break;
                    case (byte)'q': quantity = Number(ref reader); break;
                    case (byte)'f': first = reader.GetInt64(); break;
                    case (byte)'l': last = reader.GetInt64(); break;
                    case (byte)'T': ts = reader.GetInt64(); break;
                    case (byte)'m': maker = reader.GetBoolean(); break;
                    default: reader.Skip(); break;
                }
            }

            trades.Add(new Trade(id, first, last, ts, price, quantity, maker));
        }

        return trades;
    }

    /// <summary>[[openTime,"open","high","low","close","volume",closeTime,"quote",trades,"takerBase","takerQuote","ignore"]]</summary>
    public static IReadOnlyList<Bar> Klines(ReadOnlySpan<byte> body)
    {
        var bars = new List<Bar>();
        var reader = Begin(body);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            var ts = Next(ref reader).GetInt64();
            var open = Number(ref Next(ref reader));
            var high = Number(ref Next(ref reader));
            var low = Number(ref Next(ref reader));
            var close = Number(ref Next(ref reader));
            var volume = Number(ref Next(ref reader));
            Next(ref reader);
            Next(ref reader);
            var trades = Next(ref reader).GetInt32();
            var taker = Number(ref Next(ref reader));
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                reader.Skip();
            bars.Add(new Bar(ts, open, high, low, close, volume, taker, trades, 0));
        }

        return bars;
    }

    public static IReadOnlyList<ExchangeSymbol> Symbols(ReadOnlySpan<byte> body)
    {
        using var document = Document(body);
        return document.RootElement.GetProperty("symbols").EnumerateArray()
            .Select(symbol => new ExchangeSymbol(
                Text(symbol, "symbol"), Text(symbol, "baseAsset"), Text(symbol, "quoteAsset"), Text(symbol, "status")))
            .ToList();
    }

    public static long ServerTime(ReadOnlySpan<byte> body)
    {
        using var document = Document(body);
        return document.RootElement.GetProperty("serverTime").GetInt64();
    }

    /// <summary>{"code":-1121,"msg":"…"}; zero and nothing when the body is something else, as a proxy's error page.</summary>
    public static (int Code, string Message) Error(ReadOnlySpan<byte> body)
    {
        try
        {
            using var document = Document(body);
            return (document.RootElement.GetProperty("code").GetInt32(), Text(document.RootElement, "msg"));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return (0, "");
        }
    }

    private static Utf8JsonReader Begin(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("an array was expected");
        return reader;
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
            throw new JsonException("a kline has twelve fields");
        return ref reader;
    }

    private static double Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && ExactDouble.TryParse(reader.ValueSpan, out var value) && double.IsFinite(value)
            ? value
            : throw new JsonException("a decimal in quotes was expected");

    private static JsonDocument Document(ReadOnlySpan<byte> body) => JsonDocument.Parse(body.ToArray());

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new JsonException($"{name} is null");
}
