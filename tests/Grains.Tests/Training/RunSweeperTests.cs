using Hts.Events;
using Hts.Objects;
using Hts.Tests.Cluster;
using Hts.Time;
using Hts.Training;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Training;

public sealed class RunSweeperTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private const long Day = 86_400_000;
    private static readonly ObjectLayout Layout = new();

    private readonly RunRetentionOptions options = new() { Predecessors = 2 };
    private readonly FakeTimeProvider storeTime = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The market's clock of the class stands still.
    private long Now => silo.Clock.NowMs;

    [Fact]
    public async Task Only_old_objects_of_our_own_runs_go_and_never_what_may_serve_again_nor_anything_new()
    {
        silo.GoTo(Worlds.Start + (400 * Day));
        // Oldest first; none of the epochs has served since the newest three.
        foreach (var (version, days, epoch) in new (string, int, long?)[]
        {
            ("first", 300, 1), ("second", 250, 2), ("third", 200, 3), ("fourth", 150, 4), ("anchor", 140, 0), ("never", 130, null), ("young", 3, null),
        })
            await Add(version, Now - (days * Day), epoch is 0 ? null : epoch, isAnchor: version == "anchor");
        foreach (var foreign in new[] { "model/run_ts=2019-01-01/model.tar.gz", "train/run_ts=2019-01-01/train.parquet", "model/latest.json", "model/epochs/1.json" })
            await silo.Objects.Put(foreign, "x"u8.ToArray(), PutCondition.None, Token);
        await silo.Objects.Put(Layout.Model(Iso(130)).Replace("model.tar.gz", "job/output/model.tar.gz"), "x"u8.ToArray(), PutCondition.None, Token);

        storeTime.SetUtcNow(TimeProvider.System.GetUtcNow().AddHours(23));
        var all = await Keys();
        await Sweep();
        (await Keys()).ShouldBe(all, "all of it was written within the safety age");

        storeTime.SetUtcNow(TimeProvider.System.GetUtcNow().AddHours(25));
        (options.DataSetDays, options.ModelDays) = (0, 0);
        await Sweep();
        (await Keys()).ShouldBe(all, "retention is off");

        (options.DataSetDays, options.ModelDays) = (2, 30);
        await silo.Objects.PutText(Layout.TrainPointer, "rubbish", PutCondition.None, Token);
        await Sweep();
        (await Keys()).ShouldBe([.. all, Layout.TrainPointer], ignoreOrder: true, "which data set the pointer names is not known");

        var named = silo.Objects.UriOf(Layout.DataSet(Iso(300)));
        await silo.Objects.PutText(Layout.TrainPointer, $$"""{"train_uri":"{{named}}"}""", PutCondition.None, Token);
        await Sweep();
        (await Keys()).ShouldBe(
            [
                "model/epochs/1.json", "model/latest.json", "model/run_ts=2019-01-01/model.tar.gz", "train/run_ts=2019-01-01/train.parquet",
                .. new[] { 250, 200, 150, 140, 3 }.Select(days => Layout.Model(Iso(days))),
                // What the kept ones were trained on, and what the pointer names.
                .. new[] { 300, 250, 200, 150, 140, 3 }.Select(days => Layout.DataSet(Iso(days))),
                Layout.TrainPointer,
            ],
            ignoreOrder: true);
        (await silo.Store.Events.Read(long.MaxValue, null, 5, Token)).ShouldContain(e => e.Message.StartsWith("1 old objects of data sets and 3 of models", StringComparison.Ordinal));
    }

    private string Iso(int days) => Timestamps.Iso(Now - (days * Day));

    private async Task Add(string version, long runTs, long? epoch, bool isAnchor = false)
    {
        await silo.Objects.Put(Layout.DataSet(Timestamps.Iso(runTs)), "rows"u8.ToArray(), PutCondition.None, Token);
        var key = Layout.Model(Timestamps.Iso(runTs));
        await silo.Objects.Put(key, "weights"u8.ToArray(), PutCondition.None, Token);
        var row = await silo.AddModel(version, version);
        await silo.Objects.Delete(Layout.Model(version), Token);
        await silo.Store.Models.Write(
            row with
            {
                Uri = silo.Objects.UriOf(key).ToString(),
                TrainUri = silo.Objects.UriOf(Layout.DataSet(Timestamps.Iso(runTs))).ToString(),
                CreatedAt = runTs,
                Epoch = epoch,
                State = epoch == 4 ? "champion" : epoch is null ? "rejected" : "retired",
                AnchorFrom = isAnchor ? Now : null,
            },
            Token);
        await silo.Store.TrainingRuns.Write(new TrainingRunRow("job-" + version, runTs, "rejected", runTs, runTs, 1, version, "local", ""), Token);
    }

    private async Task<List<string>> Keys() => await silo.Objects.List("", Token).Select(o => o.Key).Order().ToListAsync(Token);

    private Task Sweep() => new RunSweeper(
        silo.Store.TrainingRuns, silo.Store.Models, silo.Objects, Layout, silo.Service<EventLog>(), silo.Clock, storeTime, Options.Create(options),
        NullLogger<RunSweeper>.Instance).Sweep(Token);
}
