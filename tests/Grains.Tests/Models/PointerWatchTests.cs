using System.Text.Json;
using Hts.Bars;
using Hts.Models;
using Hts.Objects;
using Hts.Tests.Cluster;

namespace Hts.Tests.Models;

/// <summary>What the registry makes of a pointer that somebody else wrote.</summary>
public sealed class PointerWatchTests(TestSilo silo) : RegistryTests(silo)
{
    [Theory]
    [InlineData("""{"model_uri":"URI","job_name":"hts train/1","train_uri":"s3://b/t","updated_at":"2026-01-05T09:00:00.123456"}""", "hts-train-1-SHA", "hts train/1")]
    [InlineData("""{"artifact_uri":"URI"}""", "SHA", "")]
    [InlineData("""{"model_uri":"URI","extra":[1,2]}""", "SHA", "")]
    public async Task A_pointer_of_the_originals_form_gets_the_next_epoch_from_the_next_free_slot_on(string form, string version, string job)
    {
        await Add("a");
        await Promote("a");
        (await Registry.EpochAt(Now + (2 * Grid.SlotMs))).ShouldNotBeNull();
        var (uri, sha256) = await Artefact("theirs");
        var pointer = form.Replace("URI", uri);
        await Overwrite(pointer);

        await Registry.Check();

        var taken = (await Registry.EpochAt(Now + (3 * Grid.SlotMs)))!;
        (taken.Number, taken.EffectiveFrom, taken.Uri, taken.Sha256).ShouldBe((2, Now + (3 * Grid.SlotMs), uri, sha256));
        (taken.Version, taken.JobName, taken.By).ShouldBe((version.Replace("SHA", sha256[..8]), job, Movers.AnotherWriter));
        if (form.Contains("updated_at", StringComparison.Ordinal))
            taken.UpdatedAt.ShouldBe(1_767_603_600_123);
        (await Registry.EpochAt(Now + (2 * Grid.SlotMs)))!.Version.ShouldBe(Name("a"));
        (await Silo.Store.Models.Find(taken.Version, Token))!.State.ShouldBe("champion");
        // The pointer is left as it was written; the record has what it lacks.
        (await Text(Layout.Pointer)).ShouldBe(pointer);
        (await Record(2)).Sha256.ShouldBe(sha256);
        (await Moves())[0].ShouldSatisfyAllConditions(m => m.Action.ShouldBe("take"), m => m.Epoch!.Number.ShouldBe(2), m => m.By.ShouldBe("another writer"));
    }

    [Fact]
    public async Task A_pointer_that_was_there_first_is_taken_when_the_cluster_begins()
    {
        var (uri, _) = await Artefact("theirs");
        await Overwrite($$"""{"model_uri":"{{uri}}"}""");
        (await Registry.Current())!.Number.ShouldBe(1);
        await Silo.End(Registry);
        (await Registry.Current())!.Number.ShouldBe(1);
        (await Record(2, exists: false)).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_answered_of_a_taken_pointer_stands_through_a_crash()
    {
        await Add("a");
        await Promote("a");
        await Registry.EpochAt(Now + (4 * Grid.SlotMs));
        var (uri, _) = await Artefact("theirs");
        await Overwrite($$"""{"model_uri":"{{uri}}"}""");
        await Registry.Check();
        await Silo.End(Registry);
        Silo.Objects.IsAway = true;
        (await Registry.EpochAt(Now + (4 * Grid.SlotMs)))!.Number.ShouldBe(1);
        (await Registry.EpochAt(Now + (5 * Grid.SlotMs)))!.Number.ShouldBe(2);
    }

    [Theory]
    [InlineData("not json", "not a valid pointer")]
    [InlineData("{}", "neither model_uri nor artifact_uri")]
    [InlineData("""{"model_uri":5}""", "not a valid pointer")]
    [InlineData("""{"model_uri":"BAD"}""", "The artefact is bad")]
    [InlineData("""{"model_uri":"MISSING"}""", "There is no artefact")]
    [InlineData("""{"model_uri":"s3://elsewhere/model.tar.gz"}""", "does not lie in this object store")]
    [InlineData("""{"model_uri":"GOOD","sha256":"0000000000000000000000000000000000000000000000000000000000000000"}""", "has checksum")]
    [InlineData("""{"model_uri":"GOOD","sha256":"|"}""", "has checksum")]
    [InlineData("", "is gone")]
    public async Task What_cannot_serve_is_refused_once_and_the_champion_goes_on(string form, string rule)
    {
        await Add("a");
        var champion = await Promote("a");
        Silo.GoTo(champion.EffectiveFrom);
        var form2 = form
            .Replace("GOOD", (await Artefact("good")).Uri)
            .Replace("BAD", (await Artefact("bad")).Uri)
            .Replace("MISSING", Silo.Objects.UriOf(Layout.Model("missing")).ToString());
        if (form.Length == 0)
            await Silo.Objects.Delete(Layout.Pointer, Token);
        else
            await Overwrite(form2);

        await Registry.Check();
        await Registry.Check();
        await Silo.End(Registry);
        await Registry.Check();

        (await Registry.EpochAt(champion.EffectiveFrom + Grid.SlotMs)).ShouldBeEquivalentTo(champion);
        (await Registry.State()).PointerProblem.ShouldNotBeNull().ShouldContain(rule);
        (await Record(2, exists: false)).ShouldBeNull();
        (await Moves()).Where(m => m.Action == "refuse").ShouldHaveSingleItem().Reason.ShouldContain(rule);
        (await Refusals()).ShouldHaveSingleItem().ShouldContain(rule);
    }

    [Fact]
    public async Task After_a_refusal_a_promotion_moves_the_pointer_again()
    {
        await Add("a");
        await Promote("a");
        await Overwrite("rubbish");
        await Registry.Check();
        // The same version, too: it writes the pointer anew.
        (await Promote("a")).Number.ShouldBe(2);
        (await Registry.State()).PointerProblem.ShouldBeNull();
        (await Text(Layout.Pointer)).ShouldContain(Name("a"));
        await Silo.Objects.Delete(Layout.Pointer, Token);
        await Registry.Check();
        await Add("b");
        (await Promote("b")).Number.ShouldBe(3);
    }

    [Fact]
    public async Task A_bucket_that_is_away_refuses_nothing()
    {
        await Add("a");
        await Promote("a");
        var (uri, _) = await Artefact("theirs");
        await Overwrite($$"""{"model_uri":"{{uri}}"}""");
        Silo.Objects.IsAway = true;
        await Should.ThrowAsync<Exception>(() => Registry.Check());
        (await Registry.State()).PointerProblem.ShouldBeNull();
        Silo.Objects.IsAway = false;
        await Registry.Check();
        (await Registry.State()).Epoch!.Number.ShouldBe(1);
        (await Registry.EpochAt(Now + Grid.SlotMs))!.Number.ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restored_older_pointer_is_a_new_epoch_of_the_older_model(bool recordsToo)
    {
        await Add("a");
        await Add("b");
        await Promote("a");
        var older = await Text(Layout.Pointer);
        await Promote("b");
        (await Promote("a")).Number.ShouldBe(3);
        await Overwrite(older);
        if (recordsToo)
        {
            await Silo.Objects.Delete(Layout.Epoch(2), Token);
            await Silo.Objects.Delete(Layout.Epoch(3), Token);
            // Another process comes to the restored bucket without memory of what it had.
            await Silo.End(Registry);
        }

        await Registry.Check();

        var taken = (await Registry.EpochAt(Now + Grid.SlotMs))!;
        (taken.Number, taken.Version).ShouldBe((4, Name("a")));
        for (var n = 1; n <= 4; n++)
            (await Record(n)).Version.ShouldBe(Name(n == 2 ? "b" : "a"));
    }

    [Fact]
    public async Task A_number_that_comes_again_with_another_model_is_the_next_number()
    {
        await Add("a");
        await Add("b");
        await Promote("a");
        var epoch = await Promote("b");
        var other = new EpochHistory(Silo.Objects, Layout);
        await other.ReadLatest(Token);
        var row = (await Silo.Store.Models.Find(Name("a"), Token))!;
        await Overwrite(JsonSerializer.Serialize(new
        {
            model_uri = row.Uri,
            job_name = "j",
            train_uri = "t",
            updated_at = "2026-01-05T00:00:00Z",
            version = Name("a"),
            epoch = epoch.Number,
            effective_from = "2026-01-05T00:00:00Z",
            sha256 = row.Sha256,
            reason = "mine",
            by = "them",
        }));

        await Registry.Check();

        var taken = (await Registry.EpochAt(Now + (2 * Grid.SlotMs)))!;
        (taken.Number, taken.Version, taken.Reason).ShouldBe((3, Name("a"), "them: mine"));
        (await Record(2)).Version.ShouldBe(Name("b"));
        (await other.ReadLatest(Token))!.Number.ShouldBe(3);
    }

    [Fact]
    public async Task A_name_that_another_artefact_bears_is_not_taken_over()
    {
        await Add("a");
        var champion = await Promote("a");
        var (uri, sha256) = await Artefact("good but another");
        await Overwrite($$"""{"model_uri":"{{uri}}","version":"{{Name("a")}}"}""");
        await Registry.Check();
        var taken = (await Registry.EpochAt(champion.EffectiveFrom + Grid.SlotMs))!;
        taken.Version.ShouldBe($"{Name("a")}-{sha256[..8]}");
    }

    [Fact]
    public async Task Another_registrys_move_keeps_its_number()
    {
        await Add("a");
        await Add("b");
        await Promote("a");
        var other = new EpochHistory(Silo.Objects, Layout);
        var row = (await Silo.Store.Models.Find(Name("b"), Token))!;
        var theirs = (await other.ReadLatest(Token))! with
        {
            Number = 2,
            Version = row.Version,
            Uri = row.Uri,
            Sha256 = row.Sha256,
            EffectiveFrom = Now + (3 * Grid.SlotMs),
            By = "ops",
            Reason = "better",
        };
        await other.Move(theirs, Token);

        await Registry.Check();

        var taken = (await Registry.EpochAt(Now + (3 * Grid.SlotMs)))!;
        (taken.Number, taken.EffectiveFrom, taken.By, taken.Reason).ShouldBe((2, theirs.EffectiveFrom, Movers.AnotherWriter, "ops: better"));
        (await Registry.EpochAt(Now + (2 * Grid.SlotMs)))!.Number.ShouldBe(1);
        (await other.Read(2, Token))!.By.ShouldBe("ops");
        (await Record(3, exists: false)).ShouldBeNull();
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_holds_its_number_and_nothing_else()
    {
        await Add("a");
        await Promote("a");
        await Silo.Objects.PutText(Layout.Epoch(2), "rubbish", PutCondition.None, Token);
        await Add("b");
        (await Promote("b")).Number.ShouldBe(3);
        await Silo.ForgetMoves();
        await Silo.End(Registry);
        (await Registry.EpochAt(Now + Grid.SlotMs)).ShouldSatisfyAllConditions(e => e!.Number.ShouldBe(3), e => e!.Version.ShouldBe(Name("b")));
        (await Registry.Rollback("back", "ops")).Epoch!.Version.ShouldBe(Name("a"));
    }

    [Fact]
    public async Task A_cluster_with_an_empty_database_goes_on_with_the_buckets_epochs()
    {
        await Add("a");
        await Add("b");
        await Promote("a");
        Silo.GoTo(Now + (2 * Grid.SlotMs));
        var epoch = await Promote("b");
        Silo.GoTo(epoch.EffectiveFrom + (2 * Grid.SlotMs));
        await Silo.ForgetMoves();
        await Silo.End(Registry);
        (await Registry.EpochAt(Now + (2 * Grid.SlotMs)))!.Number.ShouldBe(1);
        (await Registry.EpochAt(epoch.EffectiveFrom))!.Number.ShouldBe(2);
        (await Registry.Rollback("back", "ops")).Epoch!.Version.ShouldBe(Name("a"));
        (await Moves()).Select(m => m.Epoch!.Number).ShouldBe([3, 2, 1]);
    }

    private async Task<string> Text(string key) => System.Text.Encoding.UTF8.GetString((await Silo.Objects.Get(key, Token))!.Content.Span);

    private async Task<EpochMessage> Record(long epoch, bool exists = true)
    {
        var record = await new EpochHistory(Silo.Objects, Layout).Read(epoch, Token);
        return exists ? record.ShouldNotBeNull() : record!;
    }

    private async Task<IEnumerable<string>> Refusals() => (await Silo.Store.Events.Read(long.MaxValue, null, 100, Token))
        .Where(e => e.Kind == "model" && e.Ts >= Now && e.Ts < Now + 3_600_000 && e.Message.Contains("another writer is refused", StringComparison.Ordinal))
        .Select(e => e.Message);
}
