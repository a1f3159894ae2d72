using Hts.Artefacts;
using Hts.Models;
using Hts.Training;

namespace Hts.Tests.Training;

public sealed class TrainerTests
{
    [Theory]
    [InlineData(MemberKinds.Ridge)]
    [InlineData(MemberKinds.Mlp)]
    public async Task A_planted_linear_signal_is_found(string member)
    {
        using var folder = new TempFolder();
        var market = new PlantedMarket(seed: 3);
        var path = await market.Write(folder.Path, 3000, "AAA", "BBB");

        var report = await Train(path, folder, member);

        TestContext.Current.SendDiagnosticMessage($"{member} {report.ElapsedMs} ms {report.Scores[^1]}");
        report.Chosen.ShouldBe(member);
        // The long hold's realised gross/σ carries the signal with correlation .3: nobody can do better.
        var hold = report.Scores.Single(s => s.Name == "long_hold");
        hold.GrossIc!.Value.ShouldBeGreaterThan(0.8 * 0.3);
    }

    internal static async Task<TrainingReport> Train(string path, TempFolder folder, params string[] members) =>
        await new Trainer(new TrainingOptions { ScarceSlots = 0 }, new ArtefactLimits(), TimeProvider.System)
            .Train(new TrainingRequest(path, folder.File("out"), members));
}
