using Hts.Artefacts;
using Hts.Gates;
using Hts.Ledgers;
using Hts.Models;
using Hts.Objects;
using Hts.Tests.Cluster;
using Hts.Training;

namespace Hts.Tests.Training;

/// <summary>Trainer, gate and registry together, on a system that has never had a model and 60 days of history with a direction in it.</summary>
public sealed class FirstModelTests(TestSilo silo) : IClassFixture<TestSilo>, IDisposable
{
    private const int SlotsADay = 144;
    private const string Symbol = "FIRST";
    private static readonly TimeSpan RealStep = TimeSpan.FromMilliseconds(5);
    private readonly TempFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ITrainingGrain Training => silo.Grains.GetGrain<ITrainingGrain>(1);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Sixty_days_of_history_start_with_cond_and_go_on_with_what_stored_forecasts_prove()
    {
        // Strong enough for the linear member to be the best, and no stronger: more would be taken for a leak.
        var path = await new PlantedMarket(seed: 3, features: 8, embeddings: 2, strength: 0.12).Write(folder.Path, 60 * SlotsADay, "AAA", "BBB", "CCC");

        var first = await Hour(Worlds.Start, path);
        first.State.ShouldBe("promoted", first.Reason);
        first.Reason.ShouldContain("of 28 full days, walk-forward): a fresh system starts with cond.");
        var champion = (await silo.Grains.GetGrain<IModelRegistryGrain>(0).Current())!.Version;
        var row = (await silo.Store.Models.Find(champion, Token))!;
        row.Kind.ShouldBe("cond");
        row.MetricsJson.ShouldContain("\"ridge\"");

        var second = await Hour(Worlds.Start + 3_600_000, path);
        second.State.ShouldBe("rejected", second.Reason);
        second.Reason.ShouldContain("of 28 full days, walk-forward): the champion stays.");
        var candidate = (await silo.Store.Models.List(1, Token)).Single();
        candidate.Kind.ShouldBe("ridge");

        await StoreTenDays(champion, Roles.ChallengerOf(Recipe.Of(candidate)));
        var third = await Hour(Worlds.Start + (12 * GateDay.Ms), path);
        third.State.ShouldBe("promoted", third.Reason);
        third.Reason.ShouldContain($"over the champion {champion} (cond), margin 0.000");
        third.Reason.ShouldEndWith("on 10 days.");
    }

    /// <summary>A run of the system: its training is a real one, with the job that the grain gave out.</summary>
    private async Task<TrainingStateMessage> Hour(long ts, string dataSet)
    {
        silo.GoTo(ts);
        await Training.Run("test");
        TrainingJob? job = null;
        await Until(_ => silo.Training.Started.TryDequeue(out job), "the job");
        silo.Training.End(job!.Name, TrainingOutcome.Completed(await Train(job, dataSet)));
        return await Until(s => s.State is "promoted" or "rejected" or "failed", "the end of the run");
    }

    private async Task<TrainingResult> Train(TrainingJob job, string dataSet)
    {
        string? champion = null;
        if (job.ChampionUri is { } uri)
        {
            silo.Objects.TryKeyOf(new Uri(uri), out var served).ShouldBeTrue();
            champion = Path.Combine(folder.Path, job.Name + ".tar.gz");
            await File.WriteAllBytesAsync(champion, (await silo.Objects.Get(served, 1 << 24, Token))!.Content.ToArray(), Token);
        }
        var report = await new Trainer(new TrainingOptions(), new ArtefactLimits(), TimeProvider.System).Train(
            new TrainingRequest(
                dataSet, Path.Combine(folder.Path, job.Name), ["cond", "ridge"], job.Seed, champion, FirstModelDays: new GateOptions().MinPastDays,
                ChampionSha256: job.ChampionSha256),
            cancellation: Token);
        var key = new ObjectLayout().Model(job.Name);
        await silo.Objects.Put(key, await File.ReadAllBytesAsync(report.ArtefactPath, Token), PutCondition.None, Token);
        return new TrainingResults(Worlds.Grid).Of(job, report, silo.Objects.UriOf(key).ToString(), report.ArtefactSha256);
    }

    /// <summary>What shadows leave behind in ten days: champion and <c>cond</c> as good as each other, the challenger better.</summary>
    private async Task StoreTenDays(string champion, string challenger)
    {
        await silo.Store.Symbols.Add(Symbol, silo.Clock.NowMs, 200, Token);
        for (var day = 1; day <= 10; day++)
            await Task.WhenAll(
                from slot in Enumerable.Range(day * SlotsADay, SlotsADay)
                from role in new[] { Roles.Champion, Roles.Cond, challenger }
                select Store(Worlds.Slot(slot), role, champion, role == challenger ? 0.4 : 0.5));
    }

    private async Task Store(long ts, string role, string champion, double loss)
    {
        var row = new LedgerRow(
            Symbol, ts, role, role == Roles.Champion ? champion : "a shadow", role == Roles.Champion ? 1 : null, ts + Worlds.Grid.SlotMs,
            new double[6], null, null, null, "test", null, ts);
        (await silo.Store.Ledger.Record(row, Token)).ShouldBeTrue();
        (await silo.Store.Ledger.Settle(new Settlement(Symbol, ts, role, new double[6], row.TargetTs, "settled") { Loss = loss }, Token)).ShouldBeTrue();
    }

    /// <summary>Lets the market's time run in small steps until the state is as wanted.</summary>
    private async Task<TrainingStateMessage> Until(Func<TrainingStateMessage, bool> holds, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            var state = await Training.State();
            if (holds(state))
                return state;
            limit.IsCancellationRequested.ShouldBeFalse($"Waited in vain for {what}; the state is {state}.");
            silo.Time.Advance(TimeSpan.FromMilliseconds(200));
            // The market's time must not run away from a grain that is slow on a busy machine.
            await Task.Delay(RealStep, Token);
        }
    }
}
