using Hts.Gates;
using Hts.Tests.Postgres;
using Hts.Training;

namespace Hts.Tests.Commands;

public sealed class GateTests(PostgresFixture postgres)
{
    private static readonly GateInput Input = new()
    {
        ChallengerVersion = "v2",
        ChampionVersion = "v1",
        Evidence = GateEvidence.Stored,
        DecidedAt = 14 * GateDay.Ms,
        Days = [.. Enumerable.Range(0, 14).Select(i => new GateDay(i * GateDay.Ms, 144, 140, 0.41 + (0.001 * (i % 3)), 0.4, 0.5, null))],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_runs_decision_is_made_again_and_a_stored_one_that_differs_is_told()
    {
        await using var database = await CommandDatabase.Create(postgres);
        var decision = PromotionGate.Decide(Input);
        await Store(database, "honest", decision);
        await Store(database, "touched", decision with { Promote = false });

        var same = await database.Run("gate", "honest");
        var other = await database.Run("gate", "touched");

        (same.ExitCode, other.ExitCode).ShouldBe((0, 1), same.Errors + other.Errors);
        Directory.Exists(database.DataDir).ShouldBeFalse();
        same.Output.ShouldContain("\"verdict\": \"better than the champion\"");
        same.OutputLines[^1].ShouldBe("The same as was decided then.");
        other.OutputLines[^1].ShouldStartWith("Not the same as was decided then:");
    }

    [Fact]
    public async Task A_file_that_is_no_input_is_an_error_in_one_line()
    {
        await using var database = await CommandDatabase.Create(postgres);
        var file = Path.Combine(database.Files.Path, "input.json");
        await File.WriteAllTextAsync(file, """{"challengerVersion": 5}""", Cancellation);

        var run = await database.Run("gate", "--input", file);

        run.ExitCode.ShouldBe(1);
        run.Errors.Trim().ShouldStartWith("error: This is not a gate's input");
        run.Errors.Trim().ShouldNotContain('\n');
    }

    private static async Task Store(CommandDatabase database, string job, GateDecision decision)
    {
        await database.Store.TrainingRuns.Write(new TrainingRunRow(job, 0, "evaluating", 0, null, 1, null, "local", ""), Cancellation);
        await database.Store.TrainingRuns.WriteGate(new GateRecord(job, GateJson.Write(Input), GateJson.Write(decision)), Cancellation);
    }
}
