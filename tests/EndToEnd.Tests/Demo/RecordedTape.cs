using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Hts.Tests.Demo;

/// <summary>What the recorded trades of a symbol come to in 15-second bars, added up without any of the program's own code.</summary>
internal sealed class RecordedTape
{
    private const long BarMs = 15_000;
    private readonly Dictionary<long, Counted> bars = [];

    private RecordedTape()
    {
    }

    /// <param name="folder">Holds the trades as <c>SYMBOL-DATE.csv.gz</c>.</param>
    /// <param name="dataFolder">A demo's, which tells how far its market's clock is ahead of the tape.</param>
    public static async Task<RecordedTape> Read(string folder, string symbol, string dataFolder)
    {
        using var market = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(dataFolder, "market.json")));
        var shiftMs = market.RootElement.GetProperty("shiftMs").GetProperty(symbol).GetInt64();
        var tape = new RecordedTape();
        foreach (var path in Directory.GetFiles(folder, $"{symbol}-*.csv.gz").Order(StringComparer.Ordinal))
        {
            using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            await lines.ReadLineAsync();
            while (await lines.ReadLineAsync() is { } line)
            {
                var fields = line.Split(',');
                var ts = long.Parse(fields[5], CultureInfo.InvariantCulture) + shiftMs;
                tape.Add(ts - (ts % BarMs), double.Parse(fields[1], CultureInfo.InvariantCulture), double.Parse(fields[2], CultureInfo.InvariantCulture));
            }
        }
        return tape;
    }

    /// <summary>The differences of bars as REST gives them, in ascending order, from the trades within their span; the newest ones may still change.</summary>
    /// <param name="unsettled">How many of the newest bars are left out.</param>
    public IEnumerable<string> Differences(IReadOnlyList<JsonElement> stored, int unsettled)
    {
        var byTs = stored.SkipLast(unsettled).ToDictionary(bar => bar.GetProperty("ts").GetDateTimeOffset().ToUnixTimeMilliseconds());
        for (var ts = byTs.Keys.Min(); ts <= byTs.Keys.Max(); ts += BarMs)
        {
            var traded = bars.TryGetValue(ts, out var counted);
            if (!byTs.TryGetValue(ts, out var bar))
            {
                if (traded)
                    yield return $"{DateTimeOffset.FromUnixTimeMilliseconds(ts):O} lacks, with {counted.Trades} trades";
            }
            else if (traded ? !counted.Is(bar) : bar.GetProperty("trades").GetInt64() != 0)
            {
                yield return $"{bar} instead of {counted}";
            }
        }
    }

    private void Add(long ts, double price, double quantity) => bars[ts] = bars.TryGetValue(ts, out var bar)
        ? new Counted(bar.Open, Math.Max(bar.High, price), Math.Min(bar.Low, price), price, bar.Volume + quantity, bar.Trades + 1)
        : new Counted(price, price, price, price, quantity, 1);

    private readonly record struct Counted(double Open, double High, double Low, double Close, double Volume, long Trades)
    {
        public bool Is(JsonElement bar) =>
            (Open, High, Low, Close, Trades) == (Of(bar, "open"), Of(bar, "high"), Of(bar, "low"), Of(bar, "close"), bar.GetProperty("trades").GetInt64())
            && Math.Abs(Of(bar, "volume") - Volume) <= 1e-9 * Math.Max(1, Volume);

        private static double Of(JsonElement bar, string name) => bar.GetProperty(name).GetDouble();
    }
}
