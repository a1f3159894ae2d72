using Hts.Artefacts;
using Hts.Bars;
using Hts.Forecasts;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Models;
using Hts.Objects;
using Hts.Predictions;
using Hts.Tests.Artefacts;
using Hts.Tests.Cluster;

namespace Hts.Tests.Models;

/// <summary>The original's bucket: its pointer, its model of PyTorch, and what could stand there instead.</summary>
public sealed class OriginalModelTests(EngineSilo silo) : IClassFixture<EngineSilo>, IAsyncLifetime
{
    private static readonly ObjectLayout Layout = new();
    private static readonly Grid Grid = Worlds.Grid;
    private static int tests;

    private readonly int number = Interlocked.Increment(ref tests);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IModelRegistryGrain Registry => silo.Grains.GetGrain<IModelRegistryGrain>(0);

    private string Symbol => $"S{number}";

    private long BaseTs => Worlds.Slot(Worlds.WarmSlots) + (number * 86_400_000L);

    public async ValueTask InitializeAsync()
    {
        silo.Objects.Forget();
        await silo.ForgetMoves();
        await silo.End(Registry);
        silo.GoTo(BaseTs - (3 * Grid.SlotMs));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task It_serves_as_champion_and_as_shadow_from_the_slot_that_the_pointer_is_taken_from()
    {
        await Point("original", Fixture("plain"));
        await Registry.Check();
        var epoch = (await Registry.EpochAt(BaseTs))!;
        (epoch.Number, epoch.JobName).ShouldBe((1, "original"));
        (await silo.Store.Models.Find(epoch.Version, Token))!.Kind.ShouldBe("embedding_net");
        var predictor = await Follow();

        // Ticks wait for no shadow: the first slot calls them up.
        await Reach(predictor, 0);
        await silo.Service<ShadowLineUp>().Refreshed;
        await Reach(predictor, 1);

        var rows = (await silo.Store.Ledger.Read(new LedgerQuery(Symbol, BaseTs + Grid.SlotMs, BaseTs + Grid.SlotMs + 1, null, false, 50), Token))
            .ToDictionary(entry => entry.Row.Role, entry => entry.Row);
        rows.Keys.ShouldBe(["champion", "challenger:embedding_net", "cond", "news-blind"], ignoreOrder: true);
        var features = await silo.Market(Symbol).Features(BaseTs + Grid.SlotMs, null);
        features.Values.Take(256).ShouldContain(x => x != 0);
        var forecast = new Forecast[1];
        using var runner = ModelArtefact.Read(Fixture("plain"), new ArtefactLimits(), null, ModelExpectations.Of(Worlds.Schema)).CreateRunner(1);
        runner.Predict([new ForecastInput(features.Values, features.SigmaSlot, features.Standing)], forecast);
        rows["champion"].PredictedPct.ShouldBe(forecast[0].Net.Select(n => n * 100));
        rows["challenger:embedding_net"].PredictedPct.ShouldBe(rows["champion"].PredictedPct);
        rows["news-blind"].PredictedPct.ShouldNotBe(rows["champion"].PredictedPct);
        rows["cond"].GrossPct!.ShouldAllBe(gross => gross == 0);
    }

    [Theory]
    [MemberData(nameof(HostileArchives.Names), MemberType = typeof(HostileArchives))]
    public async Task A_hostile_archive_changes_nothing_but_the_status_log(string name)
    {
        await Point("original", Fixture("layernorm"));
        await Registry.Check();
        var champion = (await Registry.EpochAt(BaseTs))!;
        var (bytes, rule) = HostileArchives.Make(name);
        await Point("hostile", bytes);

        await Registry.Check();

        (await Registry.EpochAt(BaseTs + Grid.SlotMs)).ShouldBeEquivalentTo(champion);
        (await silo.Service<EpochCache>().At(BaseTs + Grid.SlotMs)).ShouldBeEquivalentTo(champion);
        var forecast = await silo.Service<IForecaster>().Forecast(
            champion.Version, new ForecastInput(new float[Worlds.Schema.Count], 0.001, new sbyte[4]), Token);
        forecast.Net.ShouldContain(net => net != 0);
        File.Exists("/tmp/hts-owned").ShouldBeFalse();
        var told = (await silo.Store.Events.Read(long.MaxValue, null, 20, Token)).First(e => e.Kind == "model");
        told.Level.ShouldBe("error");
        told.Message.ShouldContain(rule);
        told.Message.ShouldContain($"{champion.Version} goes on serving");
        (await new EpochHistory(silo.Objects, Layout).Read(2, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_model_for_other_inputs_is_refused_with_both_counts()
    {
        var files = Unpacked("plain");
        var metadata = System.Text.Encoding.UTF8.GetString(files["metadata.json"]).Replace("\"short_hold_return_pct\"", "\"grid_return_pct\"");
        await Point("other", HostileArchives.Packed(
            HostileArchives.File("metadata.json", System.Text.Encoding.UTF8.GetBytes(metadata)), HostileArchives.File("model.pth", files["model.pth"])));
        await Registry.Check();
        (await Registry.State()).PointerProblem.ShouldNotBeNull().ShouldContain("'grid_return_pct' is the net return of no strategy of this system");
        (await Registry.Current()).ShouldBeNull();
    }

    private async Task Point(string job, byte[] artefact)
    {
        var key = Layout.Model($"{job}-{number}");
        await silo.Objects.Put(key, artefact, PutCondition.None, Token);
        await silo.Objects.PutText(
            Layout.Pointer,
            $$"""{"model_uri":"{{silo.Objects.UriOf(key)}}","job_name":"{{job}}","train_uri":"s3://landing/train","updated_at":"2026-01-05T09:00:00Z"}""",
            PutCondition.None, Token);
    }

    private async Task<IStrategyPredictorGrain> Follow()
    {
        await Append();
        await silo.Store.Symbols.Add(Symbol, silo.Clock.NowMs, 200, Token);
        await silo.Store.Symbols.StartSpan(Symbol, BaseTs, Token);
        var predictor = silo.Grains.GetGrain<IStrategyPredictorGrain>(Symbol);
        await predictor.Start();
        return predictor;
    }

    private async Task Reach(IStrategyPredictorGrain predictor, int slot)
    {
        silo.GoTo(BaseTs + (slot * Grid.SlotMs) + 2_000);
        await Append();
        await predictor.Predict();
        await TestSilo.Remind(predictor, "slot");
    }

    private Task<AppendResult> Append() => silo.Market(Symbol).Append(Worlds.Messages(
        Worlds.Walk(Worlds.WarmSlots + 5, seed: 4, Worlds.Start + (number * 86_400_000L)).Where(b => b.Ts + Grid.BarMs <= silo.Clock.NowMs)));

    private static byte[] Fixture(string name) =>
        File.ReadAllBytes(Path.Combine(SharedData.Folder(), "..", "fixtures", "pytorch", $"{name}.model.tar.gz"));

    private static Dictionary<string, byte[]> Unpacked(string name)
    {
        Dictionary<string, byte[]> files = [];
        using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(Fixture(name)), System.IO.Compression.CompressionMode.Decompress);
        using var tar = new System.Formats.Tar.TarReader(gzip);
        while (tar.GetNextEntry(copyData: true) is { DataStream: { } content } entry)
        {
            files[entry.Name] = new byte[entry.Length];
            content.ReadExactly(files[entry.Name]);
        }
        return files;
    }
}
