using Hts.Tests.Files;

namespace Hts.Tests.Commands;

public sealed class LabelTests : IDisposable
{
    private const long Start = 1_704_067_200_000;
    private static readonly Dictionary<string, string> Defaults = [];
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_stands_at_the_output_stays_when_the_input_is_missing_or_broken()
    {
        var keep = folder.Write("keep.csv", "labels of yesterday");
        var empty = folder.Write("ABCUSDT.csv", "symbol,ts,open,high,low,close,volume\n");
        var gap = folder.Write("BCDUSDT.csv", Bars(60, 2) + Bars(60, 2));

        foreach (var input in new[] { folder.Path + "/nosuch.csv", empty, gap })
        {
            var run = await SiloRun.Of(Defaults, "label", input, "--bar-seconds", "60", "--out", keep);
            run.ExitCode.ShouldBe(1, run.Output);
        }

        (await File.ReadAllTextAsync(keep, Cancellation)).ShouldBe("labels of yesterday");
        Directory.GetFiles(folder.Path).Length.ShouldBe(3);
    }

    [Fact]
    public async Task An_output_that_is_one_of_the_inputs_is_refused_and_the_input_stays()
    {
        var bars = Bars(60, 3);
        var input = folder.Write("ABCUSDT.csv", bars);

        var run = await SiloRun.Of(Defaults, "label", folder.Path, "--bar-seconds", "60", "--out", Path.Combine(folder.Path, ".", "ABCUSDT.csv"));

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("is one of the files to read");
        (await File.ReadAllTextAsync(input, Cancellation)).ShouldBe(bars);
    }

    [Fact]
    public async Task Costs_and_the_slots_length_are_the_configured_ones()
    {
        var input = folder.Write("ABCUSDT.csv", Bars(60, 2_000));
        var output = Path.Combine(folder.Path, "new", "labels.csv");
        var settings = new Dictionary<string, string>
        {
            ["Strategies__FeeBps"] = "20",
            ["Strategies__SlippageBps"] = "0",
            ["Prediction__SlotSeconds"] = "1200",
        };

        var run = await SiloRun.Of(settings, "label", input, "--bar-seconds", "60", "--out", output);

        run.ExitCode.ShouldBe(0, run.Errors);
        var lines = await File.ReadAllLinesAsync(output, Cancellation);
        var header = lines[0].Split(',').ToList();
        var labels = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        labels.ShouldNotBeEmpty();
        labels.ShouldAllBe(label => long.Parse(label[0]) % 1_200_000 == 0);
        // In and out at 20 basis points each.
        labels.Select(label => Value(label, "long_hold_gross") - Value(label, "long_hold_net")).ShouldAllBe(cost => Math.Abs(cost - 0.004) < 1e-12);
        Directory.GetFiles(Path.GetDirectoryName(output)!).ShouldHaveSingleItem();

        double Value(string[] label, string column) => double.Parse(label[header.IndexOf(column)], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Bars(int seconds, int count) => "symbol,ts,open,high,low,close,volume\n" + string.Concat(
        Enumerable.Range(0, count).Select(i => $"ABCUSDT,{Start + (i * seconds * 1000L)},100,101,99,{100 + (i % 2)},1\n"));
}
