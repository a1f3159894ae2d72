using System.Globalization;
using System.IO.Compression;
using Hts.Bars;

namespace Hts.Tests;

/// <summary>Recorded markets beside the checkout.</summary>
internal static class SharedData
{
    /// <summary>The folder, or a skip where it is missing; a build server must have it.</summary>
    public static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("The shared data is missing.");
        Assert.Skip("The shared data is not beside this checkout.");
        return "";
    }

    /// <summary>The first minute bars of a month.</summary>
    public static List<Bar> Minutes(string symbol, int count)
    {
        var path = Path.Combine(Folder(), "bars", "1m", $"{symbol}-2022-01.csv.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        List<Bar> bars = [];
        while (bars.Count < count && reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            double Number(int i) => double.Parse(cells[i], CultureInfo.InvariantCulture);
            bars.Add(new Bar(
                long.Parse(cells[1], CultureInfo.InvariantCulture), Number(2), Number(3), Number(4), Number(5), Number(6), Number(8),
                int.Parse(cells[7], CultureInfo.InvariantCulture), 0));
        }
        return bars;
    }
}
