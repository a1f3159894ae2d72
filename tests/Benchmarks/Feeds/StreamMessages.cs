using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Hts.Benchmarks.Feeds;

/// <summary>
/// Messages of combined aggTrade streams. They carry the recorded trades of BTCUSDT and ETHUSDT, in the order of their receipt, where
/// shared/data stands beside the checkout, and made ones otherwise.
/// </summary>
internal static class StreamMessages
{
    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT"];

    public static byte[][] Take(int count)
    {
        var messages = Recorded().Take(count).ToArray();
        return messages.Length == count ? messages : [.. Made(count)];
    }

    private static IEnumerable<byte[]> Recorded()
    {
        var files = Symbols
            .Select(symbol => Find($"ws/binance-spot-{symbol.ToLowerInvariant()}-trade-2024-08-08T2354.log.gz"))
            .OfType<string>();
        // Both files end at the same time, but not with the same count: what was received first comes first.
        return files.SelectMany(Lines).OrderBy(line => line.ReceivedAt).Select(line => Wrap(line.Message));
    }

    private static IEnumerable<(long ReceivedAt, string Message)> Lines(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            yield return (long.Parse(line[..space], CultureInfo.InvariantCulture), line[(space + 1)..]);
        }
    }

    /// <summary>The recorded single trade as an aggregate of one.</summary>
    private static byte[] Wrap(string message)
    {
        using var document = JsonDocument.Parse(message);
        var trade = document.RootElement.GetProperty("data");
        return Message(
            trade.GetProperty("s").GetString()!,
            trade.GetProperty("t").GetInt64(),
            trade.GetProperty("p").GetString()!,
            trade.GetProperty("q").GetString()!,
            trade.GetProperty("T").GetInt64(),
            trade.GetProperty("m").GetBoolean());
    }

    private static IEnumerable<byte[]> Made(int count)
    {
        var random = new Random(1);
        for (var i = 0; i < count; i++)
        {
            var symbol = Symbols[random.Next(Symbols.Length)];
            var price = (60_000 + (random.Next(-500_000, 500_000) / 100.0)).ToString("F8", CultureInfo.InvariantCulture);
            var quantity = (random.Next(1, 1_000_000) / 1e5).ToString("F8", CultureInfo.InvariantCulture);
            yield return Message(symbol, 3_735_683_259 + i, price, quantity, 1_723_161_255_342 + (i * 20), random.Next(2) == 0);
        }
    }

    private static byte[] Message(string symbol, long id, string price, string quantity, long ts, bool isMaker)
    {
        var maker = isMaker ? "true" : "false";
        return Encoding.UTF8.GetBytes(
            $$$"""{"stream":"{{{symbol.ToLowerInvariant()}}}@aggTrade","data":{"e":"aggTrade","E":{{{ts + 1}}},"s":"{{{symbol}}}","a":{{{id}}},"p":"{{{price}}}","q":"{{{quantity}}}","f":{{{id}}},"l":{{{id}}},"T":{{{ts}}},"m":{{{maker}}},"M":true}}""");
    }

    private static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", relative);
            if (File.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
