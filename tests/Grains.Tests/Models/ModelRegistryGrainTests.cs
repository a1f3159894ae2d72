using Hts.Bars;
using Hts.Models;
using Hts.Objects;
using Hts.Tests.Cluster;

namespace Hts.Tests.Models;

public sealed class ModelRegistryGrainTests(TestSilo silo) : RegistryTests(silo)
{
    [Fact]
    public async Task An_epoch_starts_at_a_slot_that_nobody_asked_for_and_an_answer_stands()
    {
        await Add("a");
        (await Registry.EpochAt(Now)).ShouldBeNull();
        (await Registry.EpochAt(Now + (3 * Grid.SlotMs))).ShouldBeNull();
        var epoch = await Promote("a");
        (epoch.Number, epoch.EffectiveFrom).ShouldBe((1, Now + (4 * Grid.SlotMs)));
        (await Registry.EpochAt(Now)).ShouldBeNull();
        (await Registry.EpochAt(Now + (3 * Grid.SlotMs))).ShouldBeNull();
        (await Registry.EpochAt(epoch.EffectiveFrom)).ShouldBeEquivalentTo(epoch);
        (await Registry.Current()).ShouldBeEquivalentTo(epoch);
    }

    [Fact]
    public async Task An_answer_stands_through_a_crash_of_the_registry()
    {
        await Add("a");
        await Add("b");
        var first = await Promote("a");
        Silo.GoTo(first.EffectiveFrom);
        (await Registry.EpochAt(first.EffectiveFrom))!.Version.ShouldBe(Name("a"));
        await Silo.End(Registry);
        var second = await Promote("b");
        second.EffectiveFrom.ShouldBe(first.EffectiveFrom + Grid.SlotMs);
        (await Registry.EpochAt(first.EffectiveFrom))!.Version.ShouldBe(Name("a"));
        (await Registry.EpochAt(second.EffectiveFrom))!.Version.ShouldBe(Name("b"));
    }

    [Fact]
    public async Task Two_writers_have_one_winner_for_each_epoch_and_leave_no_hole_in_the_records()
    {
        var writers = Enumerable.Range(0, 2).Select(_ => new EpochHistory(Silo.Objects, Layout)).ToArray();
        var won = 0;
        for (var round = 0; round < 12; round++)
        {
            var wins = await Task.WhenAll(writers.Select((writer, w) => Task.Run(() => TryMove(writer, $"{round}-{w}"))));
            wins.Count(w => w).ShouldBeInRange(1, 2);
            won += wins.Count(w => w);
        }
        var reader = new EpochHistory(Silo.Objects, Layout);
        var latest = await reader.ReadLatest(Token);
        latest!.Number.ShouldBe(won);
        for (var n = 1; n <= won; n++)
            (await reader.Read(n, Token)).ShouldNotBeNull().Number.ShouldBe(n);
        (await reader.Read(won, Token)).ShouldBeEquivalentTo(latest);

        async Task<bool> TryMove(EpochHistory writer, string version)
        {
            var newest = await writer.ReadLatest(Token);
            try
            {
                await writer.Move(new EpochMessage((newest?.Number ?? 0) + 1, version, Now, "file:///m", "00", "job", "file:///t", Now, "race"), Token);
                return true;
            }
            catch (ObjectConflictException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task A_failure_between_pointer_and_record_is_healed_by_the_next_activation()
    {
        await Add("a");
        await Add("b");
        Silo.Objects.Puts["epochs/1.json"] = Refusing();
        await Should.ThrowAsync<Exception>(() => Promote("a"));
        (await Registry.Current())!.Version.ShouldBe(Name("a"));
        (await Promote("b")).Number.ShouldBe(2);
        var history = new EpochHistory(Silo.Objects, Layout);
        (await history.Read(1, Token))!.Version.ShouldBe(Name("a"));
        (await history.Read(2, Token))!.Version.ShouldBe(Name("b"));
    }

    [Fact]
    public async Task A_failure_between_pointer_and_catalogue_is_healed_by_the_repeat_or_the_next_activation()
    {
        await Add("a");
        await Add("b");
        Silo.Models.Writes.Refuse(1);
        await Should.ThrowAsync<Exception>(() => Promote("a"));
        (await Promote("a")).Number.ShouldBe(1);
        await ShouldBe("a", "champion", 1);

        Silo.Models.Writes.Refuse(1);
        await Should.ThrowAsync<Exception>(() => Promote("b"));
        await Silo.End(Registry);
        (await Registry.Current())!.Number.ShouldBe(1);
        await ShouldBe("b", "champion", 2);
        await ShouldBe("a", "retired", 1);
    }

    [Fact]
    public async Task A_move_whose_answer_was_lost_is_one_epoch()
    {
        await Add("a");
        var lost = new Fault();
        lost.LoseAnswer();
        Silo.Objects.Puts["latest.json"] = lost;
        await Should.ThrowAsync<Exception>(() => Promote("a"));
        (await Promote("a")).Number.ShouldBe(1);
        (await new EpochHistory(Silo.Objects, Layout).Read(2, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_pointer_moved_by_another_writer_refuses_the_promotion_and_is_followed()
    {
        await Add("a");
        await Add("b");
        await Promote("a");
        var other = new EpochHistory(Silo.Objects, Layout);
        var theirs = (await other.ReadLatest(Token))! with { Number = 2, Version = "theirs" };
        await other.Move(theirs, Token);
        var refused = await Registry.Promote(new PromotionMessage(Name("b"), "test"));
        refused.Refusal.ShouldNotBeNull().ShouldContain("Another writer");
        (await Promote("b")).Number.ShouldBe(3);
        (await other.Read(2, Token))!.Version.ShouldBe("theirs");
    }

    [Fact]
    public async Task A_repeat_of_a_move_that_the_store_refuses_because_it_worked_is_a_success()
    {
        await Add("a");
        var fault = new Fault();
        fault.Before(async () =>
        {
            // What a client library's own retry does: the same pointer is there already.
            var twin = new EpochHistory(Silo.Objects, Layout);
            var row = await Silo.Store.Models.Find(Name("a"), Token);
            await twin.ReadLatest(Token);
            await twin.Move(
                new EpochMessage(1, row!.Version, Now + Grid.SlotMs, row.Uri, row.Sha256, row.JobName, row.TrainUri, Now, "test"), Token);
        });
        Silo.Objects.Puts["latest.json"] = fault;
        (await Promote("a")).Number.ShouldBe(1);
        await ShouldBe("a", "champion", 1);
    }

    [Theory]
    [InlineData("bad content", "bad")]
    [InlineData("wrong checksum", "checksum")]
    [InlineData("no object", "no artefact")]
    public async Task A_refused_artefact_leaves_the_champion_serving(string fault, string rule)
    {
        await Add("a");
        var champion = await Promote("a");
        var row = await Silo.AddModel(Name("b"), fault == "bad content" ? "bad" : "good");
        if (fault == "wrong checksum")
            await Silo.Store.Models.Write(row with { Sha256 = new string('0', 64) }, Token);
        if (fault == "no object")
            await Silo.Objects.Delete(Layout.Model(Name("b")), Token);
        var reply = await Registry.Promote(new PromotionMessage(Name("b"), "test"));
        reply.Epoch.ShouldBeNull();
        reply.Refusal.ShouldNotBeNull().ShouldContain(rule);
        (await Registry.EpochAt(champion.EffectiveFrom + Grid.SlotMs))!.Version.ShouldBe(Name("a"));
        (await new EpochHistory(Silo.Objects, Layout).ReadLatest(Token))!.Number.ShouldBe(1);
        await ShouldBe("a", "champion", 1);
    }

    [Fact]
    public async Task A_rollback_is_a_promotion_of_the_version_before()
    {
        (await Registry.Rollback("none", "ops")).Refusal.ShouldNotBeNull().ShouldContain("no earlier model");
        await Add("a");
        await Add("b");
        await Promote("a");
        (await Registry.Rollback("one", "ops")).Refusal.ShouldNotBeNull().ShouldContain("no earlier model");
        await Promote("b");
        var back = await Registry.Rollback("it lost money", "ops");
        back.Epoch!.Number.ShouldBe(3);
        back.Epoch.Version.ShouldBe(Name("a"));
        back.Epoch.Reason.ShouldContain("it lost money");
        await ShouldBe("a", "champion", 3);
        await ShouldBe("b", "retired", 2);
    }

    [Fact]
    public async Task Rollbacks_go_back_one_by_one_and_never_to_what_was_rolled_back_from()
    {
        foreach (var version in new[] { "a", "b", "c" })
        {
            await Add(version);
            await Promote(version);
        }
        (await Moved(Registry.Rollback("one", "ops"))).Version.ShouldBe(Name("b"));
        (await Moved(Registry.Rollback("two", "ops"))).Version.ShouldBe(Name("a"));
        (await Registry.Rollback("three", "ops")).Refusal.ShouldNotBeNull().ShouldContain("no earlier model");
    }

    [Fact]
    public async Task A_model_is_promoted_over_the_one_it_was_compared_with_alone_and_its_repeat_succeeds()
    {
        foreach (var version in new[] { "a", "b", "c" })
            await Add(version);
        (await Moved(Registry.Promote(Over("a", PromotionMessage.NoModel)))).Number.ShouldBe(1);
        (await Registry.Promote(Over("b", PromotionMessage.NoModel))).Refusal.ShouldBe(
            $"the champion changed meanwhile: {Name("a")} serves, the comparison was with no model");
        (await Moved(Registry.Promote(Over("b", Name("a"))))).Number.ShouldBe(2);
        (await Moved(Registry.Promote(Over("b", Name("a"))))).Number.ShouldBe(2);
        (await Registry.Promote(Over("c", Name("a")))).Refusal.ShouldBe(
            $"the champion changed meanwhile: {Name("b")} serves, the comparison was with {Name("a")}");
        (await Registry.State()).Newest!.Version.ShouldBe(Name("b"));

        PromotionMessage Over(string version, string champion) => Order(version) with { ExpectedVersion = champion };
    }

    [Fact]
    public async Task A_version_that_is_not_in_the_catalogue_is_refused()
    {
        (await Registry.Promote(new PromotionMessage("nobody", "test"))).Refusal.ShouldNotBeNull().ShouldContain("nobody");
    }

    [Fact]
    public async Task A_look_at_a_store_that_never_answers_ends_and_promotions_work_again()
    {
        await Add("a");
        await Add("b");
        await Promote("a");
        TaskCompletionSource stalled = Silo.Objects.Stalled = new();
        var look = TestSilo.Remind(Registry, "watch");
        await stalled.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        Silo.Objects.Stalled = null;
        Silo.Time.Advance(TimeSpan.FromSeconds(20));
        await look;
        (await Promote("b")).Number.ShouldBe(2);
    }

    private static Fault Refusing()
    {
        var fault = new Fault();
        fault.Refuse();
        return fault;
    }

    private async Task ShouldBe(string version, string state, long epoch)
    {
        var row = await Silo.Store.Models.Find(Name(version), Token);
        (row!.State, row.Epoch).ShouldBe((state, epoch));
    }
}
