using Hts.Tests.Cluster;
using Hts.Training;

namespace Hts.Tests.Training;

public sealed class TrainingStartTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private const long Hour = 3_600_000;

    private ITrainingGrain Trainer => silo.Grains.GetGrain<ITrainingGrain>(0);

    [Fact]
    public async Task A_start_makes_up_for_the_running_hour_once_and_begins_nothing_on_a_fresh_system()
    {
        silo.GoTo(Worlds.Start);
        await Trainer.Start();
        (await Trainer.State()).State.ShouldBe("idle");

        silo.Training.Rows = 1;
        silo.GoTo(Worlds.Start + 60_000);
        await Trainer.Run("test");
        await Jobs(1);
        await silo.End(Trainer);
        silo.GoTo(Worlds.Start + (2 * Hour) + 60_000);
        await Trainer.Start();
        await Trainer.Start();

        (await Jobs(3)).ShouldBe(["hts-20260302-020000 rejected", "hts-20260302-010000 skipped", "hts-20260302-000100 rejected"]);
    }

    private async Task<List<string>> Jobs(int atLeast)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var rows = await silo.Store.TrainingRuns.List(100, limit.Token);
            if (rows.Count >= atLeast && rows.All(r => r.FinishedAt is not null))
                return [.. rows.Select(r => $"{r.JobName} {r.State}")];
            silo.Time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(5, limit.Token);
        }
    }
}
