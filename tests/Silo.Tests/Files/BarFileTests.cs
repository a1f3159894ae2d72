using Hts.Bars;
using Hts.Files;

namespace Hts.Tests.Files;

public sealed class BarFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_of_several_symbols_come_in_batches_of_one_symbol()
    {
        var path = folder.Write("mixed.csv.gz", """
            symbol,ts,open,high,low,close,volume,trades,taker_buy_volume
            BTCUSDT,1640995200000,10,12,9,11,5,7,2
            BTCUSDT,1640995260000,11,11,11,11,0,0,0
            SOLUSDT,1640995200000,1,1,1,1,3,1,3
            """);

        Read(path).ShouldBe(
        [
            ("BTCUSDT", new Bar(1640995200000, 10, 12, 9, 11, 5, 2, 7, 0)),
            ("BTCUSDT", new Bar(1640995260000, 11, 11, 11, 11, 0, 0, 0, 0)),
            ("SOLUSDT", new Bar(1640995200000, 1, 1, 1, 1, 3, 3, 1, 0)),
        ]);
    }

    [Fact]
    public void Klines_of_the_archive_are_read_in_microseconds()
    {
        var path = folder.Write("ETHUSDT-1s-2025-01-01.csv", "1735689600000000,10,12,9,11,5,1735689600999999,50,7,2,20,0\n");

        Read(path).ShouldBe([("ETHUSDT", new Bar(1735689600000, 10, 12, 9, 11, 5, 2, 7, 0))]);
    }

    [Fact]
    public void Without_counts_a_bar_with_volume_has_one_trade_and_balanced_takers()
    {
        var path = folder.Write("coinbase-BTCUSD-2016-10-07.csv", "symbol,ts,open,high,low,close,volume\nBTCUSD,1475798404000,10,12,9,11,5\n");

        Read(path).ShouldBe([("BTCUSD", new Bar(1475798404000, 10, 12, 9, 11, 5, 2.5, 1, 0))]);
    }

    [Fact]
    public void Bad_bars_are_reported_with_line_and_rule()
    {
        var path = folder.Write("x.csv", """
            symbol,ts,open,high,low,close,volume,trades,taker_buy_volume
            BTCUSDT,1640995200000,0,12,9,11,5,7,2
            BTCUSDT,1640995200000,10,8,9,10,5,7,2
            BTCUSDT,1640995200000,10,12,9,13,5,7,2
            BTCUSDT,1640995200000,10,12,9,11,-1,7,2
            BTCUSDT,1640995200000,10,12,9,11,5,7,6
            btcusdt,1640995200000,10,12,9,11,5,7,2
            BTCUSDT,5,10,12,9,11,5,7,2
            """);
        var report = new ReadReport();

        Read(path, report).ShouldBeEmpty();

        report.First.Select(problem => problem.Rule).ShouldBe(
        [
            "open must be positive and finite",
            "high is below low",
            "open and close must lie within low and high",
            "volume must be finite and not negative",
            "taker_buy_volume exceeds volume",
            "symbol must be 2 to 32 capitals, digits or underscores",
            "ts is no time in milli- or microseconds since 2009",
        ]);
    }

    private static List<(string Symbol, Bar Bar)> Read(string path, ReadReport? report = null)
    {
        var all = new List<(string, Bar)>();
        foreach (var batch in BarFile.Read(path, null, report))
        {
            foreach (var bar in batch.Bars)
                all.Add((batch.Symbol, bar));
        }

        return all;
    }
}
