using Hts.Tests.Cluster;
using Hts.Training;

namespace Hts.Tests.Training;

public sealed class TrainingFailoverTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private const string Job = "hts-20260302-000000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ITrainingGrain Trainer => silos.Grains.GetGrain<ITrainingGrain>(0);

    [Fact]
    public async Task A_training_whose_silo_dies_is_taken_up_by_the_other_one_within_minutes_with_nobody_asking()
    {
        silos.GoTo(Worlds.Start);
        await Trainer.Run("test");
        await Eventually(async () => (await Trainer.State()).State == "training" && !silos.Training.Started.IsEmpty, "the training", stepMs: 200);

        await silos.KillSiloOf(Trainer);
        silos.Training.End(Job, TrainingOutcome.Failed("out of memory"));
        await Eventually(async () => (await silos.Store.TrainingRuns.List(100, Token)).Any(r => r.JobName == Job && r.State == "failed"), "the end");

        silos.Training.Started.Count(j => j.Name == Job).ShouldBe(1);
    }

    /// <summary>Lets the market's time run until something holds.</summary>
    private async Task Eventually(Func<Task<bool>> holds, string what, int stepMs = 500)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (!await holds())
        {
            limit.IsCancellationRequested.ShouldBeFalse($"Waited in vain for {what}.");
            silos.Time.Advance(TimeSpan.FromMilliseconds(stepMs));
            await Task.Delay(5, Token);
        }
    }
}
