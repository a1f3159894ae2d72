using System.Globalization;
using System.IO.Compression;
using System.Text;
using Hts.Files;
using Hts.Tests.Files;
using Hts.Trades;

namespace Hts.Tests.Feeds;

/// <summary>Recorded stream messages and the trade files made of them.</summary>
internal static class Recording
{
    /// <summary>One message of the exchange, verbatim, and when it came by the recorder's clock.</summary>
    public readonly record struct Line(double Received, byte[] Message);

    /// <summary>Lines are a receive time, a space and the message; the first of 2021 is the address instead, which was never sent.</summary>
    public static List<Line> Lines(string name)
    {
        var lines = new List<Line>();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedData.Path($"ws/binance-spot-{name}.log.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (double.TryParse(line.AsSpan(0, space).TrimEnd(':'), CultureInfo.InvariantCulture, out var received))
                lines.Add(new Line(received, Encoding.UTF8.GetBytes(line[(space + 1)..])));
        }

        return lines;
    }

    public static List<Line> TradeLines(string symbol) => Lines($"{symbol.ToLowerInvariant()}-trade-2024-08-08T2354");

    public static List<Line> MixedLines(string symbol) => Lines($"{symbol.ToLowerInvariant()}-mixed-first4000");

    public static List<Trade> Tape(string symbol)
    {
        var trades = new List<Trade>();
        foreach (var batch in TradeFile.Read(SharedData.Path($"trades/binance-spot/{symbol}-2024-08-08T2354.csv.gz")))
            trades.AddRange(batch.Trades);
        return trades;
    }
}
