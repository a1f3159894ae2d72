using System.Text;
using CsCheck;
using Hts.Feeds;
using Hts.Trades;

namespace Hts.Tests.Feeds;

/// <summary>The short way of decoding gives what the general one gives, on every input.</summary>
public sealed class UsualTradeTests
{
    private const string Aggregate =
        """{"e":"aggTrade","E":1672515782136,"s":"BTC_JPY","a":12345,"p":"0.00100000","q":"100.5","f":100,"l":105,"T":1672515782130,"m":true,"M":true}""";

    private const string Single =
        """{"e":"trade","E":1723161255343,"s":"BTC_JPY","t":3735683259,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":false,"M":true}""";

    /// <summary>Bytes that mean something to a reader of JSON, and some that do not.</summary>
    private static readonly byte[] Telling = [.. "\"\\{}[]:,.-+eE0129 aAtM_@/\t\n"u8, 0, 0x1f, 0x80, 0xc3, 0xff];

    private static readonly string[] Usual = [Aggregate, Single, Combined("btc_jpy@aggTrade", Aggregate), Combined("btc_jpy@trade", Single)];

    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Long[0, long.MaxValue].Select(n => $"{n}"),
        Gen.Long[0, 20].Select(n => $"{n}"),
        Gen.OneOf<string>(
            "0", "00", "01", "-1", "-0", "1.0", "1e3", "1E+2", "\"5\"", "null", "999999999999999999", "1000000000000000000",
            "9223372036854775807", "9223372036854775808", "99999999999999999999999", ""));

    private static readonly Gen<string> Amount = Gen.OneOf(
        Gen.Select(Gen.ULong[0, 99_999_999_999], Gen.Int[0, 99_999_999]).Select((whole, part) => $"{whole}.{part:D8}"),
        Gen.Double[1e-9, 1e12].Select(value => value.ToString("R")),
        Gen.OneOf<string>(
            "0", "0.0", "00.5", "007", ".5", "5.", ".", "", "-1", "+1", "1e5", "1E-5", "1e400", "NaN", "Infinity", "1,5", "1.2.3", " 1",
            "0.000000000000000000000000000001", "123456789012345678901234567890.123456789012345678901234567890", "9007199254740993",
            "9007199254740993.00000001", "0.1\\u0030"));

    [Fact]
    public void What_is_written_as_usual_goes_the_short_way()
    {
        foreach (var text in Usual)
            new UsualTrade(Encoding.UTF8.GetBytes(text)).TryRead(out _, out _, out _).ShouldBeTrue(text);
    }

    [Fact]
    public void Any_values_give_the_same() =>
        Gen.Select(Gen.OneOf<string>(Usual), Number, Number, Amount, Amount, Number).Sample((text, id, first, price, quantity, ts) =>
            Same(text
                .Replace(":12345,", $":{id},", StringComparison.Ordinal)
                .Replace(":3735683259,", $":{id},", StringComparison.Ordinal)
                .Replace(":100,", $":{first},", StringComparison.Ordinal)
                .Replace("1672515782130", ts, StringComparison.Ordinal)
                .Replace("0.00100000", price, StringComparison.Ordinal)
                .Replace("61837.63000000", price, StringComparison.Ordinal)
                .Replace("100.5", quantity, StringComparison.Ordinal)));

    [Fact]
    public void Each_byte_changed_gives_the_same()
    {
        foreach (var message in Usual.Select(Encoding.UTF8.GetBytes))
        {
            for (var at = 0; at < message.Length; at++)
            {
                var kept = message[at];
                foreach (var other in Telling)
                {
                    message[at] = other;
                    Same(message);
                }

                message[at] = kept;
            }
        }
    }

    [Fact]
    public void Bytes_put_in_taken_out_or_changed_give_the_same() =>
        Gen.Select(Gen.OneOf<string>(Usual), Gen.Select(Gen.Int[0, 200], Gen.Int[0, 2], Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(Telling))).Array[1, 4])
            .Sample((text, changes) =>
            {
                var message = Encoding.UTF8.GetBytes(text).ToList();
                foreach (var (place, change, value) in changes)
                {
                    var at = place % message.Count;
                    switch (change)
                    {
                        case 0: message.Insert(at, value); break;
                        case 1: message.RemoveAt(at); break;
                        default: message[at] = value; break;
                    }
                }

                Same([.. message]);
            });

    [Fact]
    public void Fields_in_any_order_twice_or_left_out_give_the_same() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 9].Array[0, 12]).Sample((isCombined, order) =>
        {
            var fields = Aggregate.Trim('{', '}').Split(',');
            var text = "{" + string.Join(',', order.Select(i => fields[i])) + "}";
            Same(isCombined ? Combined("btc_jpy@aggTrade", text) : text);
        });

    [Theory]
    [InlineData("x")]
    [InlineData(" ")]
    [InlineData("}")]
    [InlineData("{}")]
    public void What_follows_a_message_gives_the_same(string tail)
    {
        foreach (var text in Usual)
            Same(text + tail);
    }

    [Fact]
    public void The_largest_ids_are_read()
    {
        foreach (var id in new[] { 0, 999_999_999_999_999_999, 1_000_000_000_000_000_000, long.MaxValue })
        {
            var message = Decoder().Decode(Encoding.UTF8.GetBytes(Aggregate.Replace("12345", $"{id}", StringComparison.Ordinal)));

            message.Trade.ShouldBe(new Trade(id, 100, 105, 1672515782130, 0.001, 100.5, true));
        }
    }

    private static string Combined(string stream, string data) => $$"""{"stream":"{{stream}}","data":{{data}}}""";

    private static FeedDecoder Decoder() => new(["BTC_JPY", "ETHUSDT"]);

    private static void Same(string text) => Same(Encoding.UTF8.GetBytes(text));

    private static void Same(byte[] message)
    {
        var decoder = Decoder();
        var general = decoder.DecodeAny(message);
        decoder.Decode(message).ShouldBe(general, Encoding.UTF8.GetString(message));
    }
}
