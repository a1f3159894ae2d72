using System.Globalization;
using System.IO.Compression;
using Hts.Bars;
using Hts.Trades;

namespace Hts.Tests.Bars;

/// <summary>Real market data beside the checkout. Tests that need it are skipped where it is not, except in CI.</summary>
internal static class SharedData
{
    public static string Path(string relative)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = System.IO.Path.Combine(at.FullName, "shared", relative);
            if (File.Exists(path))
                return path;
        }
        if (Environment.GetEnvironmentVariable("CI") == "true")
            throw new FileNotFoundException($"shared/{relative} is not beside the checkout.");
        Assert.Skip($"shared/{relative} is not beside the checkout.");
        return "";
    }

    /// <summary>Rows of a csv.gz file, each split at its commas, without the header.</summary>
    public static IEnumerable<string[]> Rows(string relative)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path(relative)), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return line.Split(',');
    }

    public static Bar[] MinuteBars(string file) =>
        [.. Rows($"data/bars/1m/{file}.csv.gz").Select(r => new Bar(
            Long(r[1]), Double(r[2]), Double(r[3]), Double(r[4]), Double(r[5]), Double(r[6]), Double(r[8]), (int)Long(r[7]), 0))];

    public static Trade[] Trades(params string[] files) => [.. files.SelectMany(file => Rows($"data/trades/{file}.csv.gz")).Select(r =>
        new Trade(Long(r[0]), Long(r[3]), Long(r[4]), Long(r[5]), Double(r[1]), Double(r[2]), r[6] == "true"))];

    /// <summary>15 s bars of the first three bitFlyer days, every silence a quiet market.</summary>
    public static Bar[] BtcJpyBars() => [.. new TapeBars(
        Trades("bitflyer/BTC_JPY-2018-01-20", "bitflyer/BTC_JPY-2018-01-21", "bitflyer/BTC_JPY-2018-01-22"),
        Grid.Default,
        new AggregatorOptions { MaxQuietMs = long.MaxValue }).Read()];

    public static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    public static double Double(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
