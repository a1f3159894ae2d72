using Hts.Bars;
using Hts.Events;
using Hts.Models;
using Hts.Tests.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Models;

/// <summary>What a silo serves a slot with.</summary>
public sealed class EpochCacheTests(TestSilo silo) : RegistryTests(silo)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task While_nothing_serves_yet_no_answer_is_not_taken_for_no_model()
    {
        var cache = NewCache();
        Silo.Objects.IsAway = true;
        await Should.ThrowAsync<Exception>(() => cache.At(Now));
        Silo.Objects.IsAway = false;
        (await cache.At(Now)).ShouldBeNull();
        await Add("a");
        var epoch = await Promote("a");
        Silo.Forecaster.Forget();
        Silo.Forecaster.Loads.Refuse();
        await Should.ThrowAsync<Exception>(() => cache.At(epoch.EffectiveFrom));
        (await cache.At(epoch.EffectiveFrom))!.Version.ShouldBe(Name("a"));
    }

    [Fact]
    public async Task A_bucket_that_is_away_leaves_the_loaded_model_serving()
    {
        await Add("a");
        await Add("b");
        var cache = NewCache();
        var first = await Promote("a");
        (await cache.At(first.EffectiveFrom))!.Version.ShouldBe(Name("a"));
        Silo.GoTo(first.EffectiveFrom);
        var second = await Promote("b");
        Silo.Forecaster.Forget();
        Silo.Objects.IsAway = true;
        (await cache.At(second.EffectiveFrom))!.Version.ShouldBe(Name("a"));
        Silo.Objects.IsAway = false;
        (await cache.At(second.EffectiveFrom + Grid.SlotMs))!.Version.ShouldBe(Name("b"));
    }

    [Fact]
    public async Task A_model_whose_artefact_never_comes_leaves_the_loaded_one_serving()
    {
        await Add("a");
        await Add("b");
        FakeTimeProvider time = new();
        var cache = NewCache(time);
        var first = await Promote("a");
        (await cache.At(first.EffectiveFrom))!.Version.ShouldBe(Name("a"));
        Silo.GoTo(first.EffectiveFrom);
        var second = await Promote("b");
        Silo.Forecaster.Forget();
        TaskCompletionSource stalled = new();
        Silo.Forecaster.Loads.Before(() => stalled.Task);
        var asked = cache.At(second.EffectiveFrom);
        time.Advance(TimeSpan.FromSeconds(20));
        (await asked.WaitAsync(Patience, Token))!.Version.ShouldBe(Name("a"));
        stalled.SetResult();
        (await cache.At(second.EffectiveFrom + Grid.SlotMs).WaitAsync(Patience, Token))!.Version.ShouldBe(Name("b"));
    }

    [Fact]
    public async Task A_model_that_lost_its_place_in_memory_is_loaded_again_within_its_slot()
    {
        await Add("a");
        var cache = NewCache();
        var epoch = await Promote("a");
        await cache.At(epoch.EffectiveFrom);
        Silo.Forecaster.Forget();
        (await cache.At(epoch.EffectiveFrom))!.Version.ShouldBe(Name("a"));
        Silo.Forecaster.Holds(Name("a")).ShouldBeTrue();
    }

    private EpochCache NewCache(TimeProvider? time = null) => new(
        Silo.Grains, Silo.Service<ModelLoader>(), Silo.Service<EventLog>(), time ?? TimeProvider.System,
        NullLogger<EpochCache>.Instance);
}
