using System.IO.Compression;
using System.Text.Json;
using Hts.Tests.Commands;
using Hts.Tests.Files;
using Hts.Tests.Postgres;

namespace Hts.Tests.Evaluations;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("evaluate").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_short_span_gives_figures_and_a_page()
    {
        var run = await Run(
            "--bars", SharedData.Path("bars/1m"), "--bar-seconds", "60", "--symbols", "BTCUSDT,ETHUSDT", "--to", "2022-01-05", "--start-days", "2",
            "--retrain-days", "2", "--members", "cond,ridge", "--draws", "100", "--no-ablation");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.OutputLines[0].ShouldContain("edge");
        run.OutputLines[^1].ShouldStartWith("288 slots of 2 symbols from 2022-01-04T00:00:00Z to 2022-01-05T00:00:00Z");
        run.Errors.ShouldContain("training 1 of");
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.json"), TestContext.Current.CancellationToken));
        report.RootElement.GetProperty("slots").GetInt32().ShouldBe(288);
        report.RootElement.GetProperty("peakMemoryMb").GetDouble().ShouldBeInRange(20, 4096);
        (await File.ReadAllTextAsync(Path.Combine(folder, "report.html"), TestContext.Current.CancellationToken)).ShouldContain("</html>");
    }

    [Fact]
    public async Task Stored_bars_give_the_figures_of_the_same_bars_in_a_file()
    {
        var file = await FirstDays("BTCUSDT-2022-01", days: 4);
        string[] walk = ["--start-days", "2", "--retrain-days", "1", "--members", "cond", "--draws", "100", "--no-ablation"];
        // An installation of minute bars, on a database of its own.
        using var data = new TempFolder();
        var installation = new Dictionary<string, string> { ["Features__BarSeconds"] = "60" };
        var import = await SiloRun.Of(installation, "import", "bars", file, "--symbol", "BTCUSDT", "--data-dir", data.Path);
        import.ExitCode.ShouldBe(0, import.Errors);

        var given = await Run(["--bars", file, "--bar-seconds", "60", .. walk]);
        given.ExitCode.ShouldBe(0, given.Errors);
        var ofFile = await Pooled();
        var stored = await SiloRun.Of(installation, ["evaluate", "--report", folder, "--data-dir", data.Path, .. walk]);
        stored.ExitCode.ShouldBe(0, stored.Errors);

        stored.OutputLines[^1].ShouldContain("slots of 1 symbols from 2022-01-");
        (await Pooled()).ShouldBe(ofFile);
    }

    [Fact]
    public async Task A_damaged_file_among_good_ones_is_told_by_the_exit_code_beside_the_report()
    {
        using var bars = new TempFolder();
        var good = await FirstDays("BTCUSDT-2022-01", days: 4);
        File.Move(good, Path.Combine(bars.Path, "BTCUSDT-2022-01.csv"));
        await File.WriteAllTextAsync(Path.Combine(bars.Path, "BTCUSDT-2022-02.zip"), "PK no zip", TestContext.Current.CancellationToken);

        var run = await Run(
            "--bars", bars.Path, "--bar-seconds", "60", "--start-days", "2", "--retrain-days", "1", "--members", "cond", "--draws", "100",
            "--no-ablation");

        run.ExitCode.ShouldBe(1);
        run.OutputLines[^1].ShouldContain("slots of 1 symbols");
        run.Errors.ShouldContain("BTCUSDT-2022-02.zip");
        run.Errors.ShouldContain("1 bad files: the report is of what could be read.");
        File.Exists(Path.Combine(folder, "report.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task Too_little_history_is_one_line()
    {
        var run = await Run("--bars", SharedData.Path("bars/1m"), "--bar-seconds", "60", "--symbols", "BTCUSDT", "--to", "2022-01-03");

        run.ExitCode.ShouldBe(1);
        run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].ShouldStartWith("error: Too little history: slots from 2022-01-01T10:30:00Z to 2022-01-03");
    }

    [Fact]
    public async Task An_unknown_member_is_one_line()
    {
        var run = await Run("--bars", SharedData.Path("bars/1m"), "--bar-seconds", "60", "--symbols", "BTCUSDT", "--to", "2022-01-02", "--members", "oracle");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("error: Evaluation:Members 'oracle'");
    }

    private async Task<string> Pooled()
    {
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.json"), TestContext.Current.CancellationToken));
        return report.RootElement.GetProperty("slots").GetRawText() + report.RootElement.GetProperty("pooled").GetRawText();
    }

    private async Task<string> FirstDays(string name, int days)
    {
        await using var packed = new GZipStream(File.OpenRead(SharedData.Path($"bars/1m/{name}.csv.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(packed);
        var path = Path.Combine(folder, name + ".csv");
        await using var writer = new StreamWriter(path);
        for (var line = 0; line <= days * 1440; line++)
            await writer.WriteLineAsync(await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        return path;
    }

    private Task<SiloRun> Run(params string[] arguments) => SiloRun.Of(new Dictionary<string, string>(), ["evaluate", "--report", folder, .. arguments]);
}
