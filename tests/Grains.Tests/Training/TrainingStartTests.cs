using Hts.Tests.Cluster;
using Hts.Training;
using Microsoft.Extensions.Options;

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

    [Fact]
    public async Task A_start_without_hourly_trainings_takes_back_the_reminder_and_one_that_comes_all_the_same_does_nothing()
    {
        var trainer = silo.Grains.GetGrain<ITrainingGrain>(1);
        await trainer.Start();
        (await silo.Reminders(trainer)).ShouldBe(1);
        var options = silo.Service<IOptions<TrainingScheduleOptions>>().Value;
        options.Enabled = false;
        try
        {
            await trainer.Start();
            (await silo.Reminders(trainer)).ShouldBe(0);
            await TestSilo.Remind(trainer, "hourly");
            (await trainer.State()).State.ShouldBe("idle");
        }
        finally
        {
            options.Enabled = true;
        }
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
