using Hts.Tests.Hosting;

namespace Hts.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("serve")]
    [InlineData("demo")]
    [InlineData("import", "trades")]
    [InlineData("import", "bars")]
    [InlineData("import", "supabase")]
    [InlineData("import", "postgres")]
    [InlineData("backfill")]
    [InlineData("verify")]
    [InlineData("train")]
    [InlineData("label")]
    [InlineData("migrate")]
    [InlineData("audit")]
    [InlineData("models", "history")]
    [InlineData("models", "pin")]
    public async Task Each_verb_explains_itself(params string[] verb)
    {
        var run = await CommandRun.Silo([.. verb, "--help"]);
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("Description:");
    }

    [Theory]
    [InlineData("demo", "--speed", "601")]
    [InlineData("demo", "--speed", "fast")]
    [InlineData("demo", "--tape", "no-such-folder")]
    [InlineData("demo", "--fault", "lsot=0.1")]
    [InlineData("demo", "--fault", "lost=2")]
    [InlineData("import", "trades", "no-such-file.csv")]
    [InlineData("import", "bars", "no-such-file.csv")]
    [InlineData("import", "bars", "no-such-file.csv", "--max-quiet", "0")]
    [InlineData("import", "supabase", "--symbol", "btcusdt")]
    [InlineData("import", "postgres", "--symbol", "BTCUSDT")]
    [InlineData("verify", "no-such-file.csv")]
    [InlineData("backfill", "BTCUSDT", "--from", "yesterday")]
    [InlineData("label", "no-such-file.csv", "--out", "labels.csv")]
    [InlineData("train", "no-such-file.parquet", "--out", "out")]
    [InlineData("audit", "--data-dir", "no-such-folder")]
    [InlineData("audit", "--features", "-1")]
    [InlineData("models", "pin", "v1")]
    [InlineData("models", "current", "--url", "ftp://x")]
    [InlineData("models", "current", "--url", "http://127.0.0.1:1")]
    [InlineData("models", "history", "--limit", "0")]
    [InlineData("predict")]
    public async Task A_mistake_is_told_in_words_without_a_trace(params string[] arguments)
    {
        using var data = new TempFolder();
        string[] all = arguments is ["audit", ..] or ["label", ..] or ["train", ..] or ["models", ..] or ["predict"]
            ? arguments
            : [.. arguments, "--data-dir", data.Path];
        var run = await CommandRun.Silo(all);
        run.ExitCode.ShouldNotBe(0);
        run.Errors.ShouldNotBeNullOrWhiteSpace();
        run.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Importing_twice_stores_the_same_once()
    {
        using var data = new TempFolder();
        string[] import = ["import", "trades", Paths.MarketData("trades/bitflyer"), "--symbol", "BTC_JPY", "--data-dir", data.Path];
        var first = await CommandRun.Silo(import);
        var second = await CommandRun.Silo(import);
        var again = await CommandRun.Silo([.. import, "--again"]);

        first.ExitCode.ShouldBe(0, first.Errors);
        first.Output.ShouldContain("BTC_JPY: 35878 bars from 873549 trades");
        second.Output.ShouldContain("7 files were imported before");
        Counts(again).ShouldBe(Counts(first));
        var audit = await CommandRun.Silo("audit", "--data-dir", data.Path);
        audit.ExitCode.ShouldBe(0, audit.Output);

        static string Counts(CommandRun run) => string.Join('\n', run.Output.Split('\n').Where(l => l.StartsWith("BTC_JPY", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bad_rows_and_cut_files_are_named_and_the_rest_is_stored()
    {
        using var data = new TempFolder();
        var file = Path.Combine(data.Path, "ABCUSDT-2024-01-01.csv");
        await File.WriteAllLinesAsync(file,
        [
            "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker",
            "1,100,1,1,1,1704067200000,true",
            "2,NaN,1,2,2,1704067201000,true",
            "3,101,1,3,3,1704067202000,false",
            "4,-5,1,4,4,1704067203000,false",
            "5,102,1,5,5,1704067216000,false",
        ]);
        var run = await CommandRun.Silo("import", "trades", file, "--data-dir", Path.Combine(data.Path, "data"));

        run.Errors.ShouldContain("ABCUSDT-2024-01-01.csv:3:");
        run.Errors.ShouldContain("ABCUSDT-2024-01-01.csv:5:");
        run.Output.ShouldContain("ABCUSDT: 2 bars from 3 trades");
    }

    [Fact]
    public async Task Paths_are_those_of_the_caller_of_dotnet_run()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "ABCUSDT.csv"), "symbol,ts,open,high,low,close,volume\nABCUSDT,1704067200000,1,1,1,1,1\n");
        var start = new System.Diagnostics.ProcessStartInfo(
            "dotnet", ["run", "--no-build", "--project", Path.Combine(Paths.Root, "Silo"), "--", "label", "ABCUSDT.csv", "--bar-seconds", "60", "--out", "labels.csv"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var run = await CommandRun.Of(start);
        run.ExitCode.ShouldBe(0, run.Errors);
        File.Exists(Path.Combine(folder.Path, "labels.csv")).ShouldBeTrue();
    }

    [Fact]
    public async Task Bars_longer_than_the_systems_are_refused()
    {
        using var data = new TempFolder();
        var run = await CommandRun.Silo("import", "bars", Paths.MarketData("bars/1m/BTCUSDT-2022-01.csv.gz"), "--data-dir", data.Path);
        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("holds bars of 60 s");
    }

    [Theory]
    [InlineData("Prediction__MinNetBp", "-5")]
    [InlineData("Features__MaxMissingShare", "5")]
    [InlineData("Storage__QueueRows", "5")]
    [InlineData("Prediction__ToleranceSeconds", "0")]
    [InlineData("Features__BarSeconds", "7")]
    public async Task A_bad_setting_is_named_at_the_start(string key, string value)
    {
        using var data = new TempFolder();
        var run = await CommandRun.Silo(new Dictionary<string, string> { [key] = value }, "demo", "--data-dir", data.Path, "--port", RunningSilo.FreePort().ToString());
        run.ExitCode.ShouldBe(1, run.Output);
        run.Errors.ShouldContain(value);
        run.Errors.ShouldContain(key.Split("__")[1]);
    }

    [Fact]
    public async Task An_unreachable_database_is_one_line()
    {
        var start = CommandRun.StartInfo("Silo", ["migrate"]);
        start.Environment["ConnectionStrings__Storage"] = "Host=127.0.0.1;Port=1;Username=a;Password=secret;Database=b;Timeout=2";
        using var process = System.Diagnostics.Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(1);
        errors.Trim().Split('\n').Length.ShouldBe(1, errors);
        errors.ShouldNotContain("secret");
    }
}
