using System.Diagnostics;
using System.Text.Json;
using Hts.Files;

namespace Hts.Tests.Files;

public sealed class SharedFilesTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_recorded_trade_file_gives_the_rows_and_times_of_the_index()
    {
        var total = 0L;
        var watch = Stopwatch.StartNew();
        foreach (var entry in Index("trades/"))
        {
            var (rows, first, last, symbol) = (0L, 0L, 0L, "");
            var report = new ReadReport();
            foreach (var batch in TradeFile.Read(SharedData.Path(entry.File), null, report))
            {
                first = rows == 0 ? batch.Trades[0].Ts : first;
                last = batch.Trades[^1].Ts;
                rows += batch.Count;
                symbol = batch.Symbol;
            }

            (rows, symbol, Iso(first), Iso(last), report.BadRows, report.BadFiles)
                .ShouldBe((entry.Rows, entry.Symbol, entry.First, entry.Last, 0L, 0), entry.File);
            total += rows;
        }

        output.WriteLine($"{total} trades in {watch.ElapsedMilliseconds} ms: {total / watch.Elapsed.TotalSeconds:F0}/s");
    }

    [Fact]
    public void Every_recorded_bar_file_gives_the_rows_and_times_of_the_index()
    {
        foreach (var entry in Index("bars/"))
        {
            var (rows, first, last, symbol) = (0L, 0L, 0L, "");
            var report = new ReadReport();
            foreach (var batch in BarFile.Read(SharedData.Path(entry.File), null, report))
            {
                first = rows == 0 ? batch.Bars[0].Ts : first;
                last = batch.Bars[^1].Ts;
                rows += batch.Count;
                symbol = batch.Symbol;
            }

            (rows, symbol, Iso(first), Iso(last), report.BadRows, report.BadFiles)
                .ShouldBe((entry.Rows, entry.Symbol, entry.First, entry.Last, 0L, 0), entry.File);
        }
    }

    private static string Iso(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-ddTHH:mm:ss.fffZ");

    private static List<(string File, long Rows, string Symbol, string First, string Last)> Index(string prefix)
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("index.json")));
        return index.RootElement.EnumerateArray()
            .Where(entry => entry.GetProperty("file").GetString()!.StartsWith(prefix, StringComparison.Ordinal))
            .Select(entry => (entry.GetProperty("file").GetString()!, entry.GetProperty("rows").GetInt64(),
                entry.GetProperty("symbol").GetString()!, entry.GetProperty("first").GetString()!, entry.GetProperty("last").GetString()!))
            .ToList();
    }
}
