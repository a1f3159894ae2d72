namespace Hts.Tests.Commands;

public sealed class SyntheticProofTests
{
    private static readonly Dictionary<string, string> Environment = [];

    [Fact]
    public async Task The_leak_proof_prints_its_figures_and_keeps_them()
    {
        var folder = Directory.CreateTempSubdirectory("hts-proof-test-").FullName;

        var run = await SiloRun.Of(Environment, "evaluate", "--synthetic", "leak", "--slots", "150", "--report", folder);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.OutputLines[0].ShouldContain("sampled rows differ");
        run.OutputLines[^1].ShouldBe("leak: passed");
        (await File.ReadAllLinesAsync(Path.Combine(folder, "synthetic-leak.txt"), TestContext.Current.CancellationToken)).ShouldBe(run.OutputLines);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_proof_that_is_none_is_refused()
    {
        var run = await SiloRun.Of(Environment, "evaluate", "--synthetic", "luck");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("luck");
    }
}
