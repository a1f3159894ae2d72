using Hts.Bars;
using Hts.Tests.Cluster;

namespace Hts.Tests.Models;

/// <summary>How the registry goes on after a pointer that it did not follow, or could not write down.</summary>
public sealed class RefusedPointerTests(TestSilo silo) : RegistryTests(silo)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Add("a");
        await Promote("a");
    }

    [Fact]
    public async Task What_was_refused_is_taken_after_a_restart_once_nothing_stands_against_it()
    {
        var uri = Silo.Objects.UriOf(Layout.Model(Name("late"))).ToString();
        await Overwrite($$"""{"model_uri":"{{uri}}"}""");
        await Registry.Check();
        (await Registry.State()).PointerProblem.ShouldNotBeNull().ShouldContain("There is no artefact");
        await Artefact("late");
        await Silo.End(Registry);
        await Registry.Check();
        (await Registry.EpochAt(Now + Grid.SlotMs))!.Uri.ShouldBe(uri);
        (await Registry.State()).PointerProblem.ShouldBeNull();
    }

    [Fact]
    public async Task Texts_that_cannot_be_stored_stop_no_look()
    {
        await Overwrite("""{"model_uri":"\u0000","version":"x\u0000"}""");
        await Registry.Check();
        (await Registry.State()).PointerProblem.ShouldNotBeNull().ShouldContain("does not lie in this object store");
        (await Moves())[0].Version.ShouldBe("x\uFFFD");
        await Overwrite($$"""{"model_uri":"{{(await Artefact("theirs")).Uri}}","job_name":"j\u0000","reason":"r\u0000"}""");
        await Registry.Check();
        (await Registry.EpochAt(Now + Grid.SlotMs)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            e => e.Number.ShouldBe(2), e => e.JobName.ShouldBe("j\uFFFD"), e => e.Reason.ShouldBe("r\uFFFD"));
        (await Moves())[0].Action.ShouldBe("take");
    }

    [Fact]
    public async Task A_history_that_cannot_be_written_stops_no_look()
    {
        Silo.Moves.Writes.Refuse(times: 4);
        await Overwrite("rubbish");
        await Registry.Check();
        await Overwrite($$"""{"model_uri":"{{(await Artefact("theirs")).Uri}}"}""");
        await Registry.Check();
        (await Registry.EpochAt(Now + Grid.SlotMs))!.Number.ShouldBe(2);
        Silo.Moves.Writes.Clear();
        await Registry.Check();
        (await Moves()).Select(m => m.Action).ShouldBe(["take", "refuse", "promote"], ignoreOrder: true);
    }
}
