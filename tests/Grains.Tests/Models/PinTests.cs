using Hts.Bars;
using Hts.Models;
using Hts.Objects;
using Hts.Tests.Cluster;

namespace Hts.Tests.Models;

public sealed class PinTests(TestSilo silo) : RegistryTests(silo)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var version in new[] { "a", "b", "c" })
            await Add(version);
    }

    [Fact]
    public async Task A_pin_is_stronger_than_trainings_people_and_other_writers()
    {
        await Moved(Registry.Promote(Order("a")));
        await Moved(Registry.Promote(Order("b")));
        await Moved(Registry.Pin(Order("b")));

        var reason = $"pinned to {Name("b")} by ops (test)";
        foreach (var refused in new[] { Registry.Promote(Order("c", Movers.Training)), Registry.Promote(Order("a")), Registry.Rollback("x", "ops") })
            (await refused).Refusal.ShouldNotBeNull().ShouldStartWith(reason);
        await PointTo("c");
        await Registry.Check();
        (await Registry.State()).PointerProblem.ShouldNotBeNull().ShouldStartWith(reason);
        // What it holds may be asked for again.
        (await Registry.Pin(Order("b"))).Refusal.ShouldBeNull();
        (await Registry.EpochAt(Now + Grid.SlotMs))!.Version.ShouldBe(Name("b"));
    }

    [Fact]
    public async Task A_pin_of_another_version_promotes_it_and_takes_the_former_pins_place()
    {
        await Moved(Registry.Promote(Order("a")));
        await Moved(Registry.Pin(Order("a")));
        var epoch = await Moved(Registry.Pin(Order("b")));
        (epoch.Number, epoch.Version, epoch.Reason).ShouldBe((2, Name("b"), "pinned: test"));
        (await Registry.State()).Pin!.Version.ShouldBe(Name("b"));
        (await Registry.Pin(Order("nobody"))).Refusal.ShouldNotBeNull().ShouldContain("no model");
        (await Actions()).ShouldBe([("pin", Name("b")), ("promote", Name("b")), ("pin", Name("a")), ("promote", Name("a"))]);
    }

    [Fact]
    public async Task A_pin_of_a_model_that_is_refused_pins_nothing()
    {
        await Moved(Registry.Promote(Order("a")));
        await Silo.AddModel(Name("d"), "bad");
        (await Registry.Pin(Order("d"))).Refusal.ShouldNotBeNull().ShouldContain("bad");
        (await Registry.State()).Pin.ShouldBeNull();
        await Moved(Registry.Promote(Order("b")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pin_survives_restarts_and_even_the_databases_loss(bool databaseToo)
    {
        await Moved(Registry.Promote(Order("a")));
        await Moved(Registry.Pin(Order("a")));
        if (databaseToo)
            await Silo.ForgetMoves();
        await Silo.End(Registry);
        (await Registry.State()).Pin.ShouldBe(new PinMessage(Name("a"), "ops", "test", Now));
        (await Registry.Promote(Order("b"))).Refusal.ShouldNotBeNull().ShouldContain("pinned to");
        (await Registry.EpochAt(Now + Grid.SlotMs))!.Version.ShouldBe(Name("a"));
        (await Registry.State()).PointerProblem.ShouldBeNull();
    }

    [Fact]
    public async Task After_the_pin_is_gone_what_it_held_back_may_come()
    {
        await Moved(Registry.Promote(Order("a")));
        await Moved(Registry.Pin(Order("a")));
        await PointTo("b");
        await Registry.Check();
        await Moved(Registry.Unpin("done", "ops"));
        (await Registry.State()).Pin.ShouldBeNull();
        (await Registry.Unpin("again", "ops")).Refusal.ShouldBe("Nothing is pinned.");
        await Registry.Check();
        (await Registry.EpochAt(Now + Grid.SlotMs))!.Version.ShouldBe(Name("b"));
        (await Actions()).ShouldBe([("take", Name("b")), ("unpin", Name("a")), ("refuse", Silo.Objects.UriOf(Layout.Model(Name("b"))).ToString()), ("pin", Name("a")), ("promote", Name("a"))]);
    }

    [Fact]
    public async Task After_the_pins_file_is_deleted_what_it_held_back_comes_by_itself()
    {
        await Moved(Registry.Promote(Order("a")));
        await Moved(Registry.Pin(Order("a")));
        await PointTo("b");
        await Registry.Check();
        (await Registry.State()).PointerProblem.ShouldNotBeNull().ShouldContain("pinned to");
        await Silo.Objects.Delete(Layout.Pin, Token);
        await Registry.Check();
        (await Registry.EpochAt(Now + Grid.SlotMs))!.Version.ShouldBe(Name("b"));
        (await Registry.State()).PointerProblem.ShouldBeNull();
    }

    [Fact]
    public async Task A_pin_written_by_hand_counts_and_one_that_cannot_be_read_holds_everything()
    {
        await Moved(Registry.Promote(Order("a")));
        await Silo.Objects.PutText(Layout.Pin, "rubbish", PutCondition.None, Token);
        (await Registry.Promote(Order("b"))).Refusal.ShouldNotBeNull().ShouldContain("cannot be read");
        await Silo.Objects.PutText(
            Layout.Pin, """{"version":"x","by":"me","reason":"so","at":"2026-01-05T00:00:00Z"}""", PutCondition.None, Token);
        (await Registry.Promote(Order("b"))).Refusal.ShouldBe("pinned to x by me (so)");
        await Silo.Objects.Delete(Layout.Pin, Token);
        await Moved(Registry.Promote(Order("b")));
    }

    [Fact]
    public async Task The_history_says_who_when_and_why_even_when_it_could_not_be_written_at_once()
    {
        Silo.Moves.Writes.Refuse();
        await Moved(Registry.Promote(Order("a", Movers.Training)));
        (await Moves()).ShouldBeEmpty();
        Silo.GoTo(Now + 60_000);
        await Moved(Registry.Promote(Order("b")));
        await Moved(Registry.Rollback("worse", "command (ops)"));
        await Registry.Check();
        var rows = (await Silo.Store.ModelMoves.List(long.MaxValue, 10, Token)).OrderBy(row => row.Epoch!.Number);
        rows.Select(row => (row.Action, row.By, row.At, row.Reason)).ShouldBe(
        [
            ("promote", "training", Now, "test"), ("promote", "ops", Now + 60_000, "test"),
            ("rollback", "command (ops)", Now + 60_000, $"rollback from {Name("b")}: worse"),
        ]);
        var newest = (await Silo.Store.ModelMoves.List(long.MaxValue, 2, Token))[1];
        (await Silo.Store.ModelMoves.List(newest.Id, 10, Token)).ShouldAllBe(row => row.Id < newest.Id);
    }

    [Fact]
    public async Task Slots_are_answered_while_a_promotion_waits_for_the_store_except_those_it_may_be_for()
    {
        await Moved(Registry.Promote(Order("a")));
        var written = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        var slow = new Fault();
        slow.Before(() =>
        {
            reached.SetResult();
            return written.Task;
        });
        Silo.Objects.Puts["latest.json"] = slow;
        var promotion = Registry.Promote(Order("b"));
        await reached.Task;
        (await Registry.Current())!.Version.ShouldBe(Name("a"));
        (await Registry.EpochAt(Now))?.Version.ShouldBe(Name("a"));
        var next = Registry.EpochAt(Now + Grid.SlotMs);
        (await Registry.EpochAt(Now)).ShouldBeNull();
        next.IsCompleted.ShouldBeFalse();
        written.SetResult();
        (await Moved(promotion)).EffectiveFrom.ShouldBe(Now + Grid.SlotMs);
        (await next)!.Version.ShouldBe(Name("b"));
    }

    [Fact]
    public async Task A_promotion_that_is_stored_after_its_slot_began_serves_from_the_next_one()
    {
        await Moved(Registry.Promote(Order("a")));
        Silo.GoTo(Now + Grid.SlotMs);
        TaskCompletionSource written = new();
        TaskCompletionSource reached = new();
        Fault slow = new();
        slow.Before(() =>
        {
            reached.SetResult();
            return written.Task;
        });
        Silo.Objects.Puts["latest.json"] = slow;
        var promotion = Registry.Promote(Order("b"));
        await reached.Task;
        var asked = Registry.EpochAt(Now + (2 * Grid.SlotMs));
        Silo.GoTo(Now + (2 * Grid.SlotMs) + 12_000);
        written.SetResult();
        (await Moved(promotion)).EffectiveFrom.ShouldBe(Now + (3 * Grid.SlotMs));
        (await asked)!.Version.ShouldBe(Name("a"));
        (await Registry.EpochAt(Now + (2 * Grid.SlotMs)))!.Version.ShouldBe(Name("a"));
        await Silo.End(Registry);
        (await Registry.EpochAt(Now + (2 * Grid.SlotMs)))!.Version.ShouldBe(Name("a"));
        (await Registry.EpochAt(Now + (3 * Grid.SlotMs)))!.Version.ShouldBe(Name("b"));
    }

    private Task PointTo(string version) => Overwrite($$"""{"model_uri":"{{Silo.Objects.UriOf(Layout.Model(Name(version)))}}"}""");

    private async Task<IEnumerable<(string, string?)>> Actions() => (await Moves()).Select(row => (row.Action, row.Version));
}
