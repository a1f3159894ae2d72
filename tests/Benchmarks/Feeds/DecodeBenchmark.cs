using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Hts.Bars;
using Hts.Feeds;
using Hts.Trades;

namespace Hts.Benchmarks.Feeds;

/// <summary>
/// Messages of combined aggTrade streams (recorded ones where they are at hand) to trades and bars, with the 200 symbols of a full shard
/// known. The figure is the time per message; 667 ns is 1.5 million a second. What is allocated is the aggregators of a run, not messages.
/// </summary>
public class DecodeBenchmark
{
    private const int Count = 32_000;
    private const int SymbolsOfShard = 200;

    private readonly FeedDecoder decoder = new(["BTCUSDT", "ETHUSDT", .. Enumerable.Range(2, SymbolsOfShard - 2).Select(i => $"S{i}USDT")]);
    private byte[][] messages = [];

    [GlobalSetup]
    public void Read() => messages = StreamMessages.Take(Count);

    [Benchmark(OperationsPerInvoke = Count)]
    public double Decode()
    {
        var sum = 0.0;
        foreach (var message in messages)
            sum += decoder.Decode(message).Trade.Price;
        return sum;
    }

    /// <summary>The way of messages that are not written as usual.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public double DecodeAny()
    {
        var sum = 0.0;
        foreach (var message in messages)
            sum += decoder.DecodeAny(message).Trade.Price;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int DecodeAndAggregate()
    {
        var aggregators = new Dictionary<string, BarAggregator>(StringComparer.Ordinal);
        var bars = 0;
        foreach (var message in messages)
        {
            var decoded = decoder.Decode(message);
            if (!aggregators.TryGetValue(decoded.Symbol, out var aggregator))
                aggregators.Add(decoded.Symbol, aggregator = new BarAggregator(Grid.Default));
            aggregator.Add(decoded.Trade);
            while (aggregator.TryTake(out _))
                bars++;
        }

        return bars;
    }

    /// <summary>The peer: the framework's reader of JSON, used plainly.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public double PlainReader()
    {
        var sum = 0.0;
        foreach (var message in messages)
            sum += ReadPlainly(message).Price;
        return sum;
    }

    /// <summary>The peer: the framework's document of JSON.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public double PlainDocument()
    {
        var sum = 0.0;
        foreach (var message in messages)
        {
            using var document = JsonDocument.Parse(message);
            var trade = document.RootElement.GetProperty("data");
            sum += new Trade(
                trade.GetProperty("a").GetInt64(),
                trade.GetProperty("f").GetInt64(),
                trade.GetProperty("l").GetInt64(),
                trade.GetProperty("T").GetInt64(),
                double.Parse(trade.GetProperty("p").GetString()!, CultureInfo.InvariantCulture),
                double.Parse(trade.GetProperty("q").GetString()!, CultureInfo.InvariantCulture),
                trade.GetProperty("m").GetBoolean()).Price;
        }

        return sum;
    }

    private static Trade ReadPlainly(byte[] message)
    {
        var reader = new Utf8JsonReader(message);
        var (id, first, last, ts, price, quantity, isMaker) = default(Trade);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "a": id = reader.GetInt64(); break;
                case "f": first = reader.GetInt64(); break;
                case "l": last = reader.GetInt64(); break;
                case "T": ts = reader.GetInt64(); break;
                case "p": price = double.Parse(reader.ValueSpan, CultureInfo.InvariantCulture); break;
                case "q": quantity = double.Parse(reader.ValueSpan, CultureInfo.InvariantCulture); break;
                case "m": isMaker = reader.GetBoolean(); break;
            }
        }

        return new Trade(id, first, last, ts, price, quantity, isMaker);
    }
}
