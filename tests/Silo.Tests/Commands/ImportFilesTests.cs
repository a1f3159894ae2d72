using System.Text;
using Hts.Bars;
using Hts.Files;
using Hts.Imports;
using Hts.Tests.Files;
using Hts.Tests.Postgres;
using Hts.Trades;

namespace Hts.Tests.Commands;

public sealed class ImportFilesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Header = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n";
    private const long Start = 1_700_000_100_000;
    private CommandDatabase data = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => data = await CommandDatabase.Create(postgres);

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Fact]
    public async Task Recorded_trades_are_stored_as_their_bars_and_verify_agrees()
    {
        var path = SharedData.Path("trades/binance-spot/BTCUSDT-2024-08-08T2354.csv.gz");
        data.Environment["Feed__PublicationDelayMs"] = "2500";
        var expected = new TapeBars(TradeFile.Read(path).SelectMany(batch => batch.Trades.ToArray()), Grid.Default).Read().ToArray();

        var import = await data.Run("import", "trades", path);

        import.ExitCode.ShouldBe(0, import.Errors);
        import.Output.ShouldContain($"BTCUSDT: {expected.Length} bars from 19904 trades");
        var stored = await data.Bars("BTCUSDT");
        stored.Select(bar => bar.Bar).ShouldBe(expected);
        stored.ShouldAllBe(bar => bar.Backfilled && bar.Revision == 0 && bar.KnownAt == bar.Bar.Ts + 17_500);
        var verify = await data.Run("verify", path);
        verify.ExitCode.ShouldBe(0, verify.Output);
        verify.Output.ShouldContain($"0 differences in {expected.Length} bars");
    }

    [Theory]
    [InlineData("bars/1m/BTCUSDT-2022-02.csv.gz", "BTCUSDT", "60", 40_320)]
    [InlineData("bars/1s/coinbase-BTCUSD-2016-10-07.csv.gz", "BTCUSD", "15", null)]
    public async Task Recorded_bars_are_stored_and_verify_agrees(string file, string symbol, string barSeconds, int? count)
    {
        data.Environment["Features__BarSeconds"] = barSeconds;
        var path = SharedData.Path(file);

        var import = await data.Run("import", "bars", path);

        import.ExitCode.ShouldBe(0, import.Errors);
        var stored = await data.Bars(symbol);
        stored.Count.ShouldBe(count ?? stored.Count);
        stored.ShouldNotBeEmpty();
        var verify = await data.Run("verify", path);
        verify.ExitCode.ShouldBe(0, verify.Output);
    }

    [Fact]
    public async Task An_import_that_was_killed_goes_on_and_gives_what_an_undisturbed_one_does()
    {
        string[] files = ["BTC_JPY-2018-01-21", "BTC_JPY-2018-01-22", "BTC_JPY-2018-01-23"];
        string[] import = ["import", "trades", .. files.Select(file => SharedData.Path($"trades/bitflyer/{file}.csv.gz"))];
        await using var undisturbed = await CommandDatabase.Create(postgres);
        (await undisturbed.Run(import)).ExitCode.ShouldBe(0);
        using (var process = SiloRun.Start(data.Environment, [.. import, "--data-dir", data.DataDir]))
        {
            for (var ended = 0; ended < 2;)
                ended += (await process.StandardOutput.ReadLineAsync(Cancellation))!.Contains(" rows, ", StringComparison.Ordinal) ? 1 : 0;
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }

        var resumed = await data.Run(import);

        resumed.ExitCode.ShouldBe(0, resumed.Errors);
        (await data.Bars("BTC_JPY")).ShouldBe(await undisturbed.Bars("BTC_JPY"));
        (await data.Gaps("BTC_JPY")).Select(gap => (gap.FromTs, gap.ToTs)).ShouldBe((await undisturbed.Gaps("BTC_JPY")).Select(gap => (gap.FromTs, gap.ToTs)));
    }

    [Fact]
    public async Task A_second_run_reads_nothing_and_again_changes_nothing()
    {
        var file = data.Files.Write("ABCUSDT-1.csv", Header + Trades(1, 400));
        (await data.Run("import", "trades", file)).ExitCode.ShouldBe(0);
        var stored = await data.Bars("ABCUSDT");
        var gaps = await data.Gaps("ABCUSDT");

        var second = await data.Run("import", "trades", file);
        var again = await data.Run("import", "trades", file, "--again");

        second.Output.ShouldContain("1 files were imported before and are left out");
        second.Output.ShouldContain("0 rows from 0 files");
        again.Output.ShouldContain("400 rows from 1 files");
        (await data.Bars("ABCUSDT")).ShouldBe(stored);
        (await data.Gaps("ABCUSDT")).ShouldBe(gaps);
    }

    [Fact]
    public async Task A_journal_of_another_database_is_not_believed()
    {
        var file = data.Files.Write("ABCUSDT-1.csv", Header + Trades(1, 400));
        await using var other = await CommandDatabase.Create(postgres);
        (await SiloRun.Of(other.Environment, "import", "trades", file, "--data-dir", data.DataDir)).ExitCode.ShouldBe(0);

        (await data.Run("import", "trades", file)).Output.ShouldContain("400 rows from 1 files");

        (await data.Bars("ABCUSDT")).ShouldBe(await other.Bars("ABCUSDT"));
    }

    [Fact]
    public async Task A_file_that_follows_an_imported_one_completes_its_last_bar_and_joins_without_a_hole()
    {
        var both = Trades(1, 3_000).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var first = data.Files.Write("ABCUSDT-1.csv", Header + string.Join('\n', both[..1_500]));
        var second = data.Files.Write("ABCUSDT-2.csv", Header + string.Join('\n', both[1_500..]));
        var whole = data.Files.Write("whole/DEFUSDT.csv", Header + string.Join('\n', both));
        (await data.Run("import", "trades", first)).ExitCode.ShouldBe(0);

        (await data.Run("import", "trades", second, first)).ExitCode.ShouldBe(0);

        (await data.Run("import", "trades", whole)).ExitCode.ShouldBe(0);
        var (joined, expected) = (await data.Bars("ABCUSDT"), await data.Bars("DEFUSDT"));
        joined.Select(bar => bar.Bar).ShouldBe(expected.Select(bar => bar.Bar));
        // The bar that the first file's end cut was stored as far as it was known.
        joined.Count(bar => bar.Revision == 1).ShouldBe(1);
        (await data.Gaps("ABCUSDT")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_begins_within_a_stored_bar_does_not_take_its_beginning_away()
    {
        var all = Trades(1, 3_000).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        (await data.Run("import", "trades", data.Files.Write("ABCUSDT.csv", Header + string.Join('\n', all)))).ExitCode.ShouldBe(0);
        var stored = await data.Bars("ABCUSDT");

        foreach (var (name, part) in new[] { ("part", all[1_000..2_001]), ("short", all[1_000..1_060]) })
        {
            var run = await data.Run("import", "trades", data.Files.Write($"{name}/ABCUSDT.csv", Header + string.Join('\n', part)));
            run.ExitCode.ShouldBe(0, run.Errors);
        }
        (await data.Bars("ABCUSDT")).ShouldBe(stored);
    }

    [Fact]
    public async Task A_corrected_file_corrects_its_bars_and_not_the_ones_that_were_received_live()
    {
        var bars = Sample.Bars(Start, 20).Select(bar => bar.Bar with { LastTradeId = 0 }).ToArray();
        Bar[] wrong = [.. bars.Select((bar, i) => i is 7 or 12 ? bar with { Volume = bar.Volume + 1 } : bar)];
        await data.Store.Bars.Write("ABCUSDT", [new StoredBar(wrong[12], wrong[12].Ts + 15_001, 0)], Cancellation);
        (await data.Run("import", "bars", data.Files.Write("a/ABCUSDT.csv", Csv(wrong)))).ExitCode.ShouldBe(0);
        await data.Store.Bars.SettleChange("ABCUSDT", (await data.Store.Bars.ReadChange("ABCUSDT", Cancellation))!, Cancellation);

        var corrected = data.Files.Write("b/ABCUSDT.csv", Csv(bars));
        var first = await data.Run("import", "bars", corrected);
        var after = await data.Bars("ABCUSDT");
        var change = await data.Store.Bars.ReadChange("ABCUSDT", Cancellation);
        var second = await data.Run("import", "bars", corrected, "--again");

        first.Output.ShouldContain(", 1 stored bars corrected.");
        second.Output.ShouldNotContain("corrected");
        after.Select(bar => (bar.Bar, bar.Revision)).ShouldBe(bars.Select((bar, i) => (i == 12 ? wrong[12] : bar, i == 7 ? 1 : 0)));
        change!.FromTs.ShouldBe(bars[7].Ts);
        (await data.Bars("ABCUSDT")).ShouldBe(after);
        (await data.Store.Bars.ReadChange("ABCUSDT", Cancellation)).ShouldBe(change);
    }

    [Fact]
    public async Task The_bar_in_which_a_damaged_file_breaks_off_is_not_stored_and_the_repaired_file_brings_it()
    {
        var path = data.Files.Write("ABCUSDT-1.csv.gz", Header + Trades(1, 20_099));
        // It begins with a bar.
        var next = data.Files.Write("ABCUSDT-2.csv", Header + Trades(20_100, 300));
        var whole = await File.ReadAllBytesAsync(path, Cancellation);
        await File.WriteAllBytesAsync(path, whole[..(whole.Length / 2)], Cancellation);
        await using var undisturbed = await CommandDatabase.Create(postgres);

        var damaged = await data.Run("import", "trades", path, next);
        var stored = await data.Bars("ABCUSDT");
        await File.WriteAllBytesAsync(path, whole, Cancellation);
        (await undisturbed.Run("import", "trades", path, next)).ExitCode.ShouldBe(0);
        var expected = (await undisturbed.Bars("ABCUSDT")).ToDictionary(bar => bar.Bar.Ts);

        damaged.ExitCode.ShouldBe(1);
        stored.Count.ShouldBeInRange(100, expected.Count - 100);
        stored.ShouldAllBe(bar => expected.ContainsKey(bar.Bar.Ts) && expected[bar.Bar.Ts].Bar == bar.Bar);
        (await data.Gaps("ABCUSDT")).Count.ShouldBe(1);
        (await data.Run("import", "trades", path, next)).ExitCode.ShouldBe(0);
        (await data.Bars("ABCUSDT")).Select(bar => bar.Bar).ShouldBe((await undisturbed.Bars("ABCUSDT")).Select(bar => bar.Bar));
        (await data.Gaps("ABCUSDT")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bad_rows_are_listed_with_file_line_and_rule_and_the_rest_is_stored()
    {
        var zip = data.Files.WriteZip(
            "archive.zip",
            ("ABCUSDT-1.csv", $"{Header}1,100,1,1,1,{Start},true\n2,\"NaN\",1,2,2,{Start + 1000},true\n3,101,1,3,3,{Start + 2000},false\n"),
            ("ABCUSDT-2.csv", $"{Header}4,102,1,4,4,{Start + 200_000},true\n5,102,1,5,5,9999999999999,true\n6,102,1,6,6,{Start + 400_000},true\n7,102,1,7,7,{Start + 3000},true\n"));

        var run = await data.Run("import", "trades", zip);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Errors.ShouldContain($"{zip}/ABCUSDT-1.csv:3: price must be positive and finite");
        run.Output.ShouldContain("4 rows from 2 files");
        run.Output.ShouldContain("3 bad rows, 0 bad files");
        var list = Directory.GetFiles(data.DataDir, "import-trades-*.bad.csv").ShouldHaveSingleItem();
        (await File.ReadAllLinesAsync(list, Cancellation)).ShouldBe(
        [
            "file,line,rule,row",
            $"\"{zip}/ABCUSDT-1.csv\",3,\"price must be positive and finite\",\"2,\"\"NaN\"\",1,2,2,{Start + 1000},true\"",
            $"\"{zip}/ABCUSDT-2.csv\",3,\"ts 9999999999999 is in the future: after {Now(list)}\",\"trade 5 of 2286-11-20T17:46:39.999Z, 1 at 102\"",
            $"\"{zip}/ABCUSDT-2.csv\",5,\"more than 120 s older than rows before it\",\"trade 7 of 2023-11-14T22:15:03Z, 1 at 102\"",
        ]);

        string Now(string path) => System.Text.RegularExpressions.Regex.Match(File.ReadAllText(path), "after ([0-9]+)").Groups[1].Value;
    }

    [Fact]
    public async Task Files_that_cannot_be_read_are_named_the_rest_is_stored_and_the_exit_code_tells()
    {
        var good = data.Files.Write("in/ABCUSDT-1.csv", Header + Trades(1, 50));
        data.Files.Write("in/ABCUSDT-2.parquet", "PAR1 this is none PAR1");
        data.Files.Write("in/ABCUSDT-3.zip", "PK no zip");
        var cut = data.Files.Write("in/ABCUSDT-4.csv.gz", Header + Trades(1_000, 20_000));
        var bytes = await File.ReadAllBytesAsync(cut, Cancellation);
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length / 2)], Cancellation);

        var run = await data.Run("import", "trades", Path.GetDirectoryName(good)!, "--bad-rows", Path.Combine(data.Files.Path, "bad.csv"));

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("ABCUSDT-2.parquet: the file is damaged or no Parquet");
        run.Errors.ShouldContain("ABCUSDT-3.zip: ");
        run.Errors.ShouldContain("ABCUSDT-4.csv.gz: the gzip file is cut off");
        run.Errors.ShouldNotContain("   at ");
        run.Output.ShouldContain("3 bad files");
        (await data.Bars("ABCUSDT")).Count.ShouldBeGreaterThan(10);
        File.Exists(Path.Combine(data.Files.Path, "bad.csv")).ShouldBeTrue();
        // What could not be read whole is read again next time.
        (await data.Run("import", "trades", Path.GetDirectoryName(good)!)).Output.ShouldContain("1 files were imported before");
    }

    [Fact]
    public async Task Klines_of_one_second_give_the_bars_of_the_trades_and_a_missing_second_is_a_hole()
    {
        var rows = new StringBuilder();
        for (var second = 0; second < 60; second++)
        {
            if (second == 37)
                continue;
            var us = (Start + (second * 1000L)) * 1000;
            // The first seconds of a bar are quiet: their prices are the close before it, not trades of it.
            rows.Append(second % 15 < 2
                ? $"{us},999,999,999,999,0,{us + 999_999},0,0,0,0,0\n"
                : $"{us},{100 + second},{101 + second},{99 + second},{100 + second},0.1,{us + 999_999},0,2,0.05,0,0\n");
        }
        data.Files.WriteZip("ABCUSDT-1s-2023-11-14.zip", ("ABCUSDT-1s-2023-11-14.csv", rows.ToString()));

        var run = await data.Run("import", "bars", data.Files.Path);

        run.ExitCode.ShouldBe(0, run.Errors);
        (await data.Bars("ABCUSDT")).Select(bar => bar.Bar).ShouldBe(
        [
            new Bar(Start, 102, 115, 101, 114, 1.3, 0.65, 26, 0),
            new Bar(Start + 15_000, 117, 130, 116, 129, 1.3, 0.65, 26, 0),
            new Bar(Start + 45_000, 147, 160, 146, 159, 1.3, 0.65, 26, 0),
        ]);
        (await data.Gaps("ABCUSDT")).ShouldHaveSingleItem().FromTs.ShouldBe(Start + 30_000);
    }

    [Fact]
    public async Task Bars_that_come_later_repair_what_was_marked_and_stored_bars_are_no_hole()
    {
        var bars = Sample.Bars(Start, 20).Select(bar => bar.Bar).ToArray();
        await data.Store.Bars.Write("ABCUSDT", [new StoredBar(bars[12], bars[12].Ts + 15_001, 0)], Cancellation);
        data.Files.Write("a/ABCUSDT.csv", Csv(bars.Where((_, i) => i is < 5 or > 15)));
        (await data.Run("import", "bars", Path.Combine(data.Files.Path, "a"))).ExitCode.ShouldBe(0);
        (await data.Gaps("ABCUSDT")).Select(gap => (gap.FromTs, gap.ToTs)).ShouldBe([(bars[5].Ts, bars[12].Ts), (bars[13].Ts, bars[16].Ts)]);

        data.Files.Write("b/ABCUSDT.csv", Csv(bars[4..10]));
        var run = await data.Run("import", "bars", Path.Combine(data.Files.Path, "b"));

        run.Output.ShouldContain("0 holes, 1 marked holes repaired");
        (await data.Gaps("ABCUSDT")).Select(gap => (gap.FromTs, gap.ToTs)).ShouldBe([(bars[10].Ts, bars[12].Ts), (bars[13].Ts, bars[16].Ts)]);
        (await data.Store.Bars.ReadRepairedGaps("ABCUSDT", 0, long.MaxValue, Cancellation))
            .Select(gap => (gap.FromTs, gap.ToTs)).ShouldBe([(bars[5].Ts, bars[10].Ts)]);
        // The bar that was received live stays as it was.
        (await data.Bars("ABCUSDT")).Single(bar => bar.Bar.Ts == bars[12].Ts).Backfilled.ShouldBeFalse();
    }

    [Fact]
    public async Task Rows_out_of_order_and_rows_of_another_symbol_are_told_and_the_rest_is_stored()
    {
        var bars = Sample.Bars(Start, 4).Select(bar => bar.Bar).ToArray();
        var file = data.Files.Write("mixed.csv", Csv([bars[0], bars[2], bars[1], bars[3]]));
        var foreign = data.Files.Write("foreign.csv", Csv(bars).Replace("ABCUSDT", "XYZUSDT", StringComparison.Ordinal));

        var run = await data.Run("import", "bars", file, foreign, "--symbol", "ABCUSDT");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain($"mixed.csv:4: not later than the row before it");
        run.Errors.ShouldContain("foreign.csv: none of its 4 rows is of ABCUSDT");
        (await data.Bars("ABCUSDT")).Select(bar => bar.Bar.Ts).ShouldBe([bars[0].Ts, bars[2].Ts, bars[3].Ts]);
    }

    [Fact]
    public async Task An_empty_folder_is_one_line()
    {
        Directory.CreateDirectory(Path.Combine(data.Files.Path, "empty"));
        var run = await data.Run("import", "trades", Path.Combine(data.Files.Path, "empty"));
        run.ExitCode.ShouldBe(1);
        run.Errors.Trim().ShouldStartWith("error: The folder");
        run.Errors.Trim().Split('\n').Length.ShouldBe(1, run.Errors);
    }

    [Fact]
    public async Task A_zip_is_never_unpacked_whatever_its_entries_are_called()
    {
        var zip = data.Files.WriteZip("deep/ABCUSDT.zip", ("../../escaped-ABCUSDT.csv", Header + Trades(1, 20)));

        var run = await data.Run("import", "trades", zip);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("20 rows from 1 files");
        Directory.EnumerateFiles(data.Files.Path, "*escaped*", SearchOption.AllDirectories).ShouldBeEmpty();
        File.Exists(Path.Combine(Path.GetTempPath(), "escaped-ABCUSDT.csv")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_torn_journal_costs_work_and_nothing_else()
    {
        var file = data.Files.Write("ABCUSDT-1.csv", Header + Trades(1, 400));
        (await data.Run("import", "trades", file)).ExitCode.ShouldBe(0);
        var journal = Path.Combine(data.DataDir, ImportJournal.FileName);
        var text = await File.ReadAllTextAsync(journal, Cancellation);
        await File.WriteAllTextAsync(journal, text[..(text.Length / 2)], Cancellation);

        (await data.Run("import", "trades", file)).Output.ShouldContain("400 rows from 1 files");
        (await data.Run("import", "trades", file)).Output.ShouldContain("1 files were imported before");
    }

    private static string Trades(int firstId, int count) => string.Concat(Enumerable.Range(firstId, count).Select(
        id => $"{id},{100 + (id % 7)},0.5,{id},{id},{Start + (id * 700L)},{(id % 2 == 0 ? "true" : "false")}\n"));

    private static string Csv(IEnumerable<Bar> bars) => "symbol,ts,open,high,low,close,volume,trades,taker_buy_volume\n" + string.Concat(
        bars.Select(bar => FormattableString.Invariant(
            $"ABCUSDT,{bar.Ts},{bar.Open:R},{bar.High:R},{bar.Low:R},{bar.Close:R},{bar.Volume:R},{bar.Trades},{bar.TakerBuyVolume:R}\n")));
}
