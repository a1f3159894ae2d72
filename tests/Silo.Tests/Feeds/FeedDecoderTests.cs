using System.IO.Compression;
using System.Text;
using Hts.Feeds;
using Hts.Files;
using Hts.Tests.Files;
using Hts.Trades;

namespace Hts.Tests.Feeds;

public sealed class FeedDecoderTests
{
    private const string AggTrade =
        """{"e":"aggTrade","E":1672515782136,"s":"BTC_JPY","a":12345,"p":"0.00100000","q":"100.5","f":100,"l":105,"T":1672515782130,"m":true,"M":true}""";

    private static readonly Trade Expected = new(12345, 100, 105, 1672515782130, 0.001, 100.5, true);

    [Fact]
    public void An_aggregate_trade_is_read_raw_and_combined()
    {
        foreach (var text in new[] { AggTrade, $$"""{"stream":"btc_jpy@aggTrade","data":{{AggTrade}}}""" })
        {
            var message = Decode(text, "BTC_JPY");

            message.Kind.ShouldBe(FeedMessageKind.Trade);
            message.Symbol.ShouldBe("BTC_JPY");
            message.EventMs.ShouldBe(1672515782136);
            message.Trade.ShouldBe(Expected);
        }
    }

    [Theory]
    [InlineData("""{"result":null,"id":7}""", FeedMessageKind.Answer, 7)]
    [InlineData("""{"result":["btcusdt@aggTrade"],"id":8}""", FeedMessageKind.Answer, 8)]
    [InlineData("""{"code":2,"msg":"Invalid request","id":9}""", FeedMessageKind.Refusal, 9)]
    [InlineData("""{"error":{"code":2,"msg":"x"},"id":9}""", FeedMessageKind.Refusal, 9)]
    [InlineData("""{"e":"serverShutdown","E":1770123456789}""", FeedMessageKind.Shutdown, 0)]
    [InlineData("""{"stream":"x","data":{"e":"serverShutdown","E":1}}""", FeedMessageKind.Shutdown, 0)]
    [InlineData("""{"e":"kline","E":1,"s":"BTC_JPY","k":{"t":1,"a":[{}]}}""", FeedMessageKind.Foreign, 0)]
    [InlineData("""{"u":400900217,"s":"BTC_JPY","b":"25.3","B":"31.2","a":"25.4","A":"40.7"}""", FeedMessageKind.Foreign, 0)]
    [InlineData("""[1,2,3]""", FeedMessageKind.Foreign, 0)]
    [InlineData("""{}""", FeedMessageKind.Foreign, 0)]
    [InlineData("""{"stream":"x","data":[{"e":"aggTrade"}]}""", FeedMessageKind.Foreign, 0)]
    [InlineData("""{"e":"aggTrade","E":1""", FeedMessageKind.Malformed, 0)]
    [InlineData("not json", FeedMessageKind.Malformed, 0)]
    [InlineData("", FeedMessageKind.Malformed, 0)]
    [InlineData("""{"e":"aggTrade","E":1,"s":"BTC_JPY","a":1}""", FeedMessageKind.Malformed, 0)]
    public void Other_messages_are_told_apart(string text, object kind, long id)
    {
        var message = Decode(text, "BTC_JPY");

        message.Kind.ShouldBe((FeedMessageKind)kind);
        message.Id.ShouldBe(id);
    }

    [Theory]
    [InlineData("\"p\":\"0.00100000\"", "\"p\":\"-1\"")]
    [InlineData("\"p\":\"0.00100000\"", "\"p\":\"NaN\"")]
    [InlineData("\"p\":\"0.00100000\"", "\"p\":0.001")]
    [InlineData("\"q\":\"100.5\"", "\"q\":\"0\"")]
    [InlineData("\"T\":1672515782130", "\"T\":\"soon\"")]
    [InlineData("\"f\":100", "\"f\":1.5")]
    [InlineData("\"l\":105", "\"l\":99999999999999999999999")]
    [InlineData("\"m\":true", "\"m\":null")]
    public void A_trade_with_an_impossible_value_is_malformed(string good, string bad) =>
        Decode(AggTrade.Replace(good, bad, StringComparison.Ordinal), "BTC_JPY").Kind.ShouldBe(FeedMessageKind.Malformed);

    [Fact]
    public void A_trade_of_a_symbol_that_was_not_asked_for_is_foreign() =>
        Decode(AggTrade, "ETH_BTC").Kind.ShouldBe(FeedMessageKind.Foreign);

    [Fact]
    public void Any_cut_of_a_trade_is_malformed_and_never_throws()
    {
        for (var length = 0; length < AggTrade.Length; length++)
            Decode(AggTrade[..length], "BTC_JPY").Kind.ShouldBe(FeedMessageKind.Malformed);
    }

    [Fact]
    public void Decoding_allocates_nothing()
    {
        var decoder = new FeedDecoder(["BTC_JPY"]);
        var bytes = Encoding.UTF8.GetBytes(AggTrade);
        decoder.Decode(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
            decoder.Decode(bytes);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData("BTCUSDT", "btcusdt")]
    [InlineData("ETHUSDT", "ethusdt")]
    public void Recorded_streams_give_exactly_the_trades_of_their_files(string symbol, string stream)
    {
        var expected = new List<Trade>();
        foreach (var batch in TradeFile.Read(SharedData.Path($"trades/binance-spot/{symbol}-2024-08-08T2354.csv.gz")))
            expected.AddRange(batch.Trades);

        var messages = Recorded($"ws/binance-spot-{stream}-trade-2024-08-08T2354.log.gz", symbol);

        messages.ShouldAllBe(message => message.Kind == FeedMessageKind.Trade);
        messages.Select(message => message.Trade).ShouldBe(expected);
    }

    [Theory]
    [InlineData("BTCUSDT", "btcusdt")]
    [InlineData("ETHUSDT", "ethusdt")]
    public void Recorded_mixed_streams_give_a_prefix_of_the_trades_and_foreign_messages(string symbol, string stream)
    {
        var expected = new List<Trade>();
        foreach (var batch in TradeFile.Read(SharedData.Path($"trades/binance-spot/{symbol}-2024-08-08T2354.csv.gz")))
            expected.AddRange(batch.Trades);

        var messages = Recorded($"ws/binance-spot-{stream}-mixed-first4000.log.gz", symbol);

        var trades = messages.Where(message => message.Kind == FeedMessageKind.Trade).Select(message => message.Trade).ToList();
        trades.Count.ShouldBeGreaterThan(100);
        trades.ShouldBe(expected.Take(trades.Count));
        messages.Count(message => message.Kind == FeedMessageKind.Foreign).ShouldBe(4000 - trades.Count);
    }

    [Fact]
    public void Recorded_streams_of_2021_give_their_aggregate_trades()
    {
        var lines = Lines("ws/binance-spot-cryptofeed-2021-10-12.log.gz").Skip(1).ToList();
        var decoder = new FeedDecoder(["NKNUSDT", "BLZETH", "LRCBTC", "RUNEEUR"]);

        var messages = lines.Select(line => decoder.Decode(Encoding.UTF8.GetBytes(line))).ToList();

        messages.Count.ShouldBe(265);
        messages.Count(message => message.Kind == FeedMessageKind.Trade).ShouldBe(lines.Count(line => line.Contains("\"e\":\"aggTrade\"", StringComparison.Ordinal)));
        messages.ShouldAllBe(message => message.Kind == FeedMessageKind.Trade || message.Kind == FeedMessageKind.Foreign);
    }

    private static FeedMessage Decode(string text, string symbol) => new FeedDecoder([symbol]).Decode(Encoding.UTF8.GetBytes(text));

    private static List<FeedMessage> Recorded(string file, string symbol)
    {
        var decoder = new FeedDecoder([symbol]);
        return Lines(file).Select(line => decoder.Decode(Encoding.UTF8.GetBytes(line))).ToList();
    }

    /// <summary>Recorded lines are a receive time and, after a space, the message.</summary>
    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedData.Path(file)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
    }
}
