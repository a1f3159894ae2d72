using Hts.Events;
using Hts.Gates;
using Hts.Ledgers;
using Hts.Models;
using Hts.Tests.Cluster;
using Hts.Training;
using Microsoft.Extensions.Options;

namespace Hts.Tests.Training;

public sealed class GateKeeperTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private const long Noon = (30 * GateDay.Ms) + (GateDay.Ms / 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, GateEvidence.Stored)]
    [InlineData(9, GateEvidence.WalkForward)]
    public async Task Stored_forecasts_are_compared_from_ten_full_days_on(int days, string evidence)
    {
        var input = await Gather(new StoredScores(days, 140), "average");
        input.Evidence.ShouldBe(evidence);
        if (evidence == GateEvidence.Stored)
            (input.Days.Count, input.Days[0].Due, input.Days[0].Scored, input.Coverage, input.GrossIc, input.GrossIcDays, input.NonFinite)
                .ShouldBe((10, 144, 140, 0.91, 0.03, 27, 3));
        else
            (input.Days.Count, input.Coverage).ShouldBe((1, 0.5));
    }

    [Fact]
    public async Task Days_of_which_too_little_was_scored_are_no_evidence() =>
        (await Gather(new StoredScores(14, 100), "average")).Evidence.ShouldBe(GateEvidence.WalkForward);

    [Fact]
    public async Task Forecasts_are_looked_up_by_the_candidates_recipe_over_the_gates_window()
    {
        var scores = new StoredScores(14, 144);
        var input = await Gather(scores, "ridge");
        scores.Asked.ShouldBe([("challenger:ridge", 16 * GateDay.Ms, Noon), ("challenger:ridge", 16 * GateDay.Ms, Noon), ("challenger:ridge", 2 * GateDay.Ms, Noon)]);
        input.SameRecipe.ShouldBeFalse();
        (await Gather(scores, "cond")).SameRecipe.ShouldBeTrue("the champion is a cond too");
    }

    [Theory]
    [InlineData("""["ridge","mlp"]""", true)]
    [InlineData("""["trees","ridge","mlp"]""", false)]
    [InlineData(null, false)]
    public async Task An_average_of_other_members_is_another_recipe(string? members, bool same)
    {
        var scores = new StoredScores(14, 144);
        var input = await Gather(
            scores, "average", Metrics("""["mlp","ridge"]"""), m => m with { Kind = "average", MetricsJson = members is null ? "{}" : Metrics(members) });
        scores.Asked[0].Role.ShouldBe("challenger:average(mlp,ridge)");
        input.SameRecipe.ShouldBe(same);
    }

    [Fact]
    public async Task Past_slots_name_the_anchor_that_they_were_not_compared_with()
    {
        await silo.AddModel("best", "x");
        var input = await Gather(new StoredScores(9, 144) { Best = "best" }, "ridge");
        (input.Evidence, input.AnchorVersion).ShouldBe((GateEvidence.WalkForward, "best"));
        (await Gather(new StoredScores(9, 144) { Best = "champion" }, "ridge")).AnchorVersion.ShouldBeNull();
    }

    [Fact]
    public async Task A_new_recipe_is_compared_with_the_champions_recipe_and_not_with_what_served_before_it()
    {
        await silo.AddModel("table", "x");
        for (var day = 16; day < 30; day++)
        {
            await Forecast(day, Roles.Champion, day < 29 ? "table" : "champion", day < 29 ? 0.6 : 0.4);
            await Forecast(day, "challenger:trees", "t", 0.4);
            await Forecast(day, "challenger:ridge", "r", 0.5);
            await Forecast(day, Roles.Cond, "c", 0.6);
        }

        var input = await Gather(silo.Store.Roles, "ridge", champion: m => m with { Kind = "trees" }, gate: new() { MinScored = 0 });
        var decision = PromotionGate.Decide(input with { NonFinite = 0 });

        input.Evidence.ShouldBe(GateEvidence.Stored);
        input.Days.Select(d => d.Champion).ShouldAllBe(loss => loss == 0.4);
        (decision.Promote, decision.Verdict).ShouldBe((false, GateVerdicts.NotProven));
        decision.Reason.ShouldStartWith("Refused: gain -0.100000 over the champion champion (trees), margin 0.000");
    }

    [Fact]
    public async Task What_the_new_model_itself_showed_on_its_test_part_stays_beside_its_recipes_stored_forecasts()
    {
        GateDay[] testPart = [.. Enumerable.Range(1, 9).Select(i => new GateDay(i * GateDay.Ms, 144, 144, 0.1, 10, 0.1, null))];

        var input = await Gather(new StoredScores(14, 144), "cond", testPart: testPart);
        var kept = GateJson.ReadInput(GateJson.Write(input with { NonFinite = 0 }));
        var decision = PromotionGate.Decide(kept);

        (input.Evidence, input.SameRecipe).ShouldBe((GateEvidence.Stored, true));
        (decision.Promote, decision.Verdict).ShouldBe((false, GateVerdicts.WorseOnTestPart));
        GateJson.ReadDecision(GateJson.Write(decision)).ShouldBe(decision);
    }

    [Fact]
    public void A_decision_without_a_test_part_has_the_text_that_it_had_before_there_was_one()
    {
        var input = GateJson.ReadInput("""{"challengerVersion":"v2","evidence":"stored forecasts","decidedAt":0,"days":[],"placebos":[],"options":{}}""");
        GateJson.Write(PromotionGate.Decide(input)).ShouldNotContain("testPart");
    }

    private static string Metrics(string members) => $$"""{"candidates":[{"name":"average","members":{{members}}}]}""";

    private async Task Forecast(int day, string role, string version, double loss)
    {
        var ts = day * GateDay.Ms;
        double[] none = [.. Worlds.Strategies.Names.Select(_ => 0.0)];
        var row = new LedgerRow("DAYS", ts, role, version, 1, ts + Worlds.Grid.SlotMs, none, null, null, null, "", null, ts);
        await silo.Store.Ledger.Record(row, Token);
        await silo.Store.Ledger.Settle(new Settlement("DAYS", ts, role, none, ts, "") { Loss = loss }, Token);
    }

    private async Task<GateInput> Gather(
        IRoleScores scores, string kind, string metrics = "{}", Func<ModelRow, ModelRow>? champion = null, GateOptions? gate = null,
        GateDay[]? testPart = null)
    {
        var row = await silo.AddModel("champion", "x");
        await silo.Store.Models.Write(champion is null ? row : champion(row), Token);
        var past = new GateInput
        {
            ChallengerVersion = "v2",
            ChampionVersion = "champion",
            Evidence = GateEvidence.WalkForward,
            DecidedAt = Noon,
            Days = testPart ?? [new GateDay(0, 144, 144, 1, 1, 1, null)],
            NonFinite = 1,
            Coverage = 0.5,
        };
        var options = Options.Create(new TrainingScheduleOptions { Gate = gate ?? new() });
        var recipes = new ServedRecipes(scores, silo.Store.Models);
        var anchors = new AnchorKeeper(recipes, silo.Store.Models, Worlds.Grid, options);
        var keeper = new GateKeeper(scores, recipes, anchors, silo.Store.Models, silo.Store.TrainingRuns, silo.Service<EventLog>(), Worlds.Grid, options);
        return await keeper.Gather(new TrainingResult("v2", kind, "file:x", "", [], metrics, past), Token);
    }

    /// <summary>The last days before noon, each scored alike.</summary>
    private sealed class StoredScores(int days, int scored) : IRoleScores
    {
        public List<(string Role, long From, long To)> Asked { get; } = [];

        public string? Best { get; init; }

        public Task<IReadOnlyList<RoleDay>> Days(
            string role, ServedRecipe champion, string? anchorVersion, long fromTs, long toTs, CancellationToken cancellation)
        {
            Asked.Add((role, fromTs, toTs));
            return Task.FromResult<IReadOnlyList<RoleDay>>(
                [.. Enumerable.Range(0, days).Select(i => new RoleDay((30 - days + i) * GateDay.Ms, 1, scored, 0.5, 0.4, 0.6, null))]);
        }

        public Task<RoleFacts> Facts(string role, long fromTs, long toTs, CancellationToken cancellation)
        {
            Asked.Add((role, fromTs, toTs));
            return Task.FromResult(new RoleFacts(1000, 2, 0.91, 0.03, 27));
        }

        public Task<IReadOnlyList<ServedModel>> Served(long fromTs, long toTs, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<ServedModel>>(Best is null ? [] : [new ServedModel(Best, 1000, 0.01, 0)]);

        public Task<IReadOnlyList<RoleLoss>> Losses(string? symbol, long fromTs, long toTs, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<SkillDay>> Skill(string? symbol, long fromTs, long toTs, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
