using Hts.Files;
using Hts.Trades;

namespace Hts.Tests.Files;

public sealed class TradeFileTests : IDisposable
{
    private const string Header = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_headered_file_gives_its_rows_with_the_symbol_of_its_name()
    {
        var path = folder.Write("BTC_JPY-2018-01-20.csv.gz", Header + "7,1407186,0.018,5,6,1516460405797,false\r\n");

        var (symbol, trade) = Read(path).ShouldHaveSingleItem();

        symbol.ShouldBe("BTC_JPY");
        trade.ShouldBe(new Trade(7, 5, 6, 1516460405797, 1407186, 0.018, false));
    }

    [Fact]
    public void Archive_rows_without_header_are_read_in_milliseconds_and_microseconds()
    {
        folder.Write("ETHUSDT-aggTrades-2024-12-31.csv", "1,3300.50,0.1,10,12,1735603200123,True,True\n");
        folder.WriteZip("ETHUSDT-aggTrades-2025-01-01.zip", ("ETHUSDT-aggTrades-2025-01-01.csv", "2,3301.50,0.2,13,13,1735689600123456,False,True\n"));

        Read(folder.Path).Select(item => item.Trade).ShouldBe(
        [
            new Trade(1, 10, 12, 1735603200123, 3300.5, 0.1, true),
            new Trade(2, 13, 13, 1735689600123, 3301.5, 0.2, false),
        ]);
    }

    [Fact]
    public void Single_trades_of_the_archive_are_told_from_aggregates()
    {
        var path = folder.Write("ETHUSDT-trades-2024-12-31.csv", "9,3300.5,0.1,330.05,1735603200123,True,True\n");

        Read(path).ShouldHaveSingleItem().Trade.ShouldBe(new Trade(9, 9, 9, 1735603200123, 3300.5, 0.1, true));
    }

    [Fact]
    public void Bad_rows_are_reported_with_line_and_rule_and_the_rest_goes_on()
    {
        var path = folder.Write("BTCUSDT-x.csv", Header + """
            1,100,1,1,1,1700000000000,true
            2,-5,1,2,2,1700000000001,true
            3,100,NaN,3,3,1700000000002,true
            4,100,1,4,4,1700000000003
            5,100,1,5,5,soon,true
            6,100,1,6,6,1700000000005,maybe
            7,100,1,9,8,1700000000006,true
            8,100,1,8,8,1700000000007,false
            """);
        var report = new ReadReport();

        Read(path, report: report).Select(item => item.Trade.Id).ShouldBe([1, 8]);

        report.Rows.ShouldBe(2);
        report.BadRows.ShouldBe(6);
        report.First.Select(problem => (problem.Line, problem.Rule)).ShouldBe(
        [
            (3, "price must be positive and finite"),
            (4, "quantity must be positive and finite"),
            (5, "6 fields instead of 7"),
            (6, "time is not a whole number"),
            (7, "buyer-is-maker must be true or false"),
            (8, "last trade id is below first trade id"),
        ]);
        report.First[0].Text.ShouldBe("2,-5,1,2,2,1700000000001,true");
    }

    [Fact]
    public void A_gzip_cut_off_is_reported_and_its_whole_rows_and_the_next_file_are_read()
    {
        var text = Header + string.Concat(Enumerable.Range(1, 20_000).Select(i => $"{i},{100 + (i * 7919 % 1000)},0.{i},{i},{i},{1700000000000 + i},true\n"));
        var path = folder.Write("BTCUSDT-1.csv.gz", text);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        folder.Write("BTCUSDT-2.csv", Header + "50000,1,1,1,1,1800000000000,true\n");
        var report = new ReadReport();

        var ids = Read(folder.Path, report: report).Select(item => item.Trade.Id).ToArray();

        ids[^1].ShouldBe(50000);
        ids.Length.ShouldBeInRange(5_000, 15_000);
        ids[..^1].ShouldBe(Enumerable.Range(1, ids.Length - 1).Select(i => (long)i));
        report.BadFiles.ShouldBe(1);
        report.BadRows.ShouldBe(0);
        report.First.ShouldHaveSingleItem().File.ShouldBe(path);
    }

    [Fact]
    public void Gzip_files_in_a_row_are_one_file()
    {
        var one = File.ReadAllBytes(folder.Write("a/BTCUSDT-1.csv.gz", Header + "1,100,1,1,1,1700000000000,true\n"));
        var two = File.ReadAllBytes(folder.Write("a/BTCUSDT-2.csv.gz", "2,100,1,2,2,1700000000000,true\n3,100,1,3,3,1700000000000,true\n"));
        var path = Path.Combine(folder.Path, "BTCUSDT-both.csv.gz");
        File.WriteAllBytes(path, [.. one, .. two]);
        var report = new ReadReport();

        Read(path, report: report).Select(item => item.Trade.Id).ShouldBe([1, 2, 3]);

        report.BadFiles.ShouldBe(0);
    }

    [Fact]
    public void A_file_of_another_kind_is_reported_not_guessed_at()
    {
        folder.Write("BTCUSDT-1m.csv", "symbol,ts,open,high,low,close,volume\nBTCUSDT,1640995200000,1,1,1,1,1\n");
        folder.WriteZip("BTCUSDT-2.zip", ("a.csv", ""), ("b.csv", ""));
        folder.WriteZip("BTCUSDT-3.zip", ("a.txt", ""));
        folder.Write("BTCUSDT-4.csv", "");
        var report = new ReadReport();

        Read(folder.Path, report: report).ShouldBeEmpty();

        report.BadFiles.ShouldBe(5);
        report.First[0].Rule.ShouldStartWith("the first line does not look like a file of trades");
        report.First[1].Rule.ShouldBe("the file holds no trades (after line 0)");
        report.First[1].File.ShouldEndWith("BTCUSDT-2.zip/a.csv");
        report.First[3].Rule.ShouldBe("the zip holds no csv file");
        report.First[4].Rule.ShouldStartWith("the file holds no trades");
    }

    [Fact]
    public void Entries_of_a_zip_are_read_in_order_each_with_the_symbol_of_its_name()
    {
        var path = folder.WriteZip(
            "DEFUSDT-all.zip", ("b/ABCUSDT-2.csv", "2,100,1,2,2,1700000001000,true,true\n"), ("a/one.csv", "1,100,1,1,1,1700000000000,true,true\n"), ("read.me", "x"));

        Read(path).Select(item => (item.Symbol, item.Trade.Id)).ShouldBe([("DEFUSDT", 1), ("ABCUSDT", 2)]);
    }

    [Fact]
    public void Quotes_line_ends_of_windows_a_mark_of_byte_order_and_empty_lines_are_no_matter()
    {
        var path = folder.Write(
            "ABCUSDT.csv",
            "\uFEFF\"id\",\"price\",\"qty\",\"quote_qty\",\"time\",\"is_buyer_maker\",\"unknown\"\r\n\r\n\"1\",\"100.5\",\"2\",\"201\",\"1700000000000\",\"true\",\"?\"\r\n\r\n");

        Read(path).ShouldHaveSingleItem().Trade.ShouldBe(new Trade(1, 1, 1, 1700000000000, 100.5, 2, true));
    }

    [Fact]
    public void Single_trades_of_the_futures_archive_are_read_without_a_header()
    {
        var path = folder.Write("ETHUSDT-trades-2021-01-01.csv", "9,3300.5,0.1,330.05,1609459200123,true\n");
        Read(path).ShouldHaveSingleItem().Trade.ShouldBe(new Trade(9, 9, 9, 1609459200123, 3300.5, 0.1, true));
    }

    [Theory]
    [InlineData("1700000000")]
    [InlineData("1700000000000000000")]
    [InlineData("0")]
    public void A_time_in_another_unit_is_refused_not_guessed_at(string time)
    {
        var report = new ReadReport();
        Read(folder.Write("ABCUSDT.csv", $"{Header}1,100,1,1,1,{time},true\n"), report: report).ShouldBeEmpty();
        report.First.ShouldHaveSingleItem().Rule.ShouldBe("time is no time in milli- or microseconds since 2009");
    }

    [Fact]
    public void Milli_and_microseconds_may_be_mixed_row_by_row()
    {
        var path = folder.Write("ABCUSDT.csv", Header + "1,100,1,1,1,1700000000000,true\n2,100,1,2,2,1700000000001999,true\n");
        Read(path).Select(item => item.Trade.Ts).ShouldBe([1700000000000, 1700000000001]);
    }

    [Fact]
    public void A_zip_that_was_changed_within_is_reported_after_its_rows()
    {
        var text = string.Concat(Enumerable.Range(1, 50).Select(i => $"{i},100,1,{i},{i},{1700000000000 + i},true,true\n"));
        var path = folder.WriteStoredZip("ABCUSDT.zip", "ABCUSDT.csv", text);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf(",100,"u8) + 1] = (byte)'9';
        File.WriteAllBytes(path, bytes);
        var report = new ReadReport();

        Read(path, report: report).Count.ShouldBe(50);

        report.First.ShouldHaveSingleItem().Rule.ShouldStartWith("the zip's entry is damaged: its checksum is wrong");
    }

    [Fact]
    public void A_zip_that_claims_ten_gigabytes_is_read_as_far_as_it_goes_and_reported()
    {
        var path = folder.WriteZip("ABCUSDT.zip", ("ABCUSDT.csv", string.Concat(Enumerable.Range(1, 500).Select(i => $"{i},100,1,{i},{i},{1700000000000 + i},true,true\n"))));
        var bytes = File.ReadAllBytes(path);
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 0xF0000000u).ShouldBeTrue();
        File.WriteAllBytes(path, bytes);
        var report = new ReadReport();

        Read(path, report: report).Count.ShouldBeLessThanOrEqualTo(500);

        report.BadFiles.ShouldBe(1);
    }

    [Fact]
    public void A_missing_path_says_so() =>
        Should.Throw<FileNotFoundException>(() => Read(Path.Combine(folder.Path, "none"))).Message.ShouldContain("none");

    [Theory]
    [InlineData("BTC_JPY-2018-01-20.csv.gz", "BTC_JPY")]
    [InlineData("coinbase-BTCUSD-2016-10-07.csv.gz", "BTCUSD")]
    [InlineData("BTCUSDT-1s-2024-01.zip", "BTCUSDT")]
    [InlineData("1000SATSUSDT-aggTrades-2024-01-01.csv", "1000SATSUSDT")]
    [InlineData("prices-2024.csv", null)]
    public void Symbols_are_found_in_file_names(string file, string? symbol) => DataPath.SymbolOf(file).ShouldBe(symbol);

    private static List<(string Symbol, Trade Trade)> Read(string path, string? symbol = null, ReadReport? report = null)
    {
        var all = new List<(string, Trade)>();
        foreach (var batch in TradeFile.Read(path, symbol, report))
        {
            foreach (var trade in batch.Trades)
                all.Add((batch.Symbol, trade));
        }

        return all;
    }
}
