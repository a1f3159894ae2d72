using System.Text.Json;
using Hts.Bars;
using Hts.DataSets;
using Hts.Evaluation;
using Hts.Features;
using Hts.Models;
using Hts.Strategies;
using Hts.Training;

namespace Hts.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly string[] Skill = ["grossIc", "grossR2", "sidesR2", "netR2", "netR2VsCond"];
    private readonly FeatureSchema schema = new(StrategySet.Default(), new Grid(60));

    /// <summary>Field names of the report are a contract.</summary>
    [Fact]
    public async Task The_report_has_the_fields_that_others_rely_on()
    {
        var report = JsonSerializer.SerializeToElement(await Evaluate(parallel: 2), EvaluationJson.Default.EvaluationReport);

        report.GetProperty("slots").GetInt32().ShouldBeGreaterThan(0);
        report.GetProperty("symbols").EnumerateArray().Select(s => s.GetString()).ShouldBe(["BTCUSDT", "ETHUSDT"]);
        report.GetProperty("from").GetString().ShouldBe("2022-01-04T00:00:00Z");
        report.GetProperty("to").GetString().ShouldBe("2022-01-05T00:00:00Z");
        report.GetProperty("model")[0].GetProperty("kind").GetString().ShouldNotBeNullOrEmpty();
        HasSkill(report.GetProperty("pooled"));
        foreach (var strategy in schema.Strategies.Names)
            HasSkill(report.GetProperty("strategies").GetProperty(strategy));
        HasSkill(report.GetProperty("bySymbol").GetProperty("ETHUSDT"));
        HasSkill(report.GetProperty("bySymbol").GetProperty("ETHUSDT").GetProperty("strategies").GetProperty("trend"));
        var cell = report.GetProperty("coverage")[0];
        foreach (var name in (string[])["symbol", "strategy", "month", "standing", "value", "count"])
            cell.TryGetProperty(name, out _).ShouldBeTrue(name);
        foreach (var cost in (string[])["5", "1", "0.5"])
            foreach (var policy in (string[])["model", "cash", "random", "bestFixed", "followTheLeader", "followTheLeaderWithCash", "adaHedge"])
                IsMeasure(report.GetProperty("policy").GetProperty(cost).GetProperty(policy));
        var label = report.GetProperty("labels")[0];
        label.GetProperty("month").GetString().ShouldBe("2022-01");
        label.GetProperty("rank").GetInt32().ShouldBe(5);
        label.GetProperty("condition").GetDouble().ShouldBeInRange(1, 10);
        label.GetProperty("tradedShare").GetProperty("trend").GetDouble().ShouldBeInRange(0.1, 0.7);
        label.GetProperty("roundTripsP99").GetProperty("trend").GetDouble().ShouldBeInRange(1, 3);
        report.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
        report.TryGetProperty("peakMemoryMb", out _).ShouldBeTrue();
        report.GetProperty("findings")[0].GetString().ShouldNotBeNull().ShouldContain("edge");
        report.GetProperty("ablation").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task A_few_days_show_figures_and_claim_nothing()
    {
        var report = await Evaluate(parallel: 2, ablation: false);

        report.Days.ShouldBe(1);
        report.Findings.ShouldNotContain(f => f.StartsWith("There is") || f.StartsWith("Direction was forecast better") || f.Contains("deflated"));
        report.Findings[0].ShouldStartWith("Too few days to tell an edge from luck: 1 is scored, intervals need 10");
        report.Policy["5"].Random.ShouldSatisfyAllConditions(m => m.Value.ShouldNotBeNull(), m => m.Low.ShouldBeNull(), m => m.High.ShouldBeNull());
        report.ByMonth.ShouldAllBe(m => m.SidesR2.Value != null && m.SidesR2.Low == null && m.SidesR2.High == null);
    }

    [Fact]
    public async Task Equal_data_and_seed_give_equal_figures()
    {
        var one = await Evaluate(parallel: 1, ablation: false) with { Seconds = 0 };
        var two = await Evaluate(parallel: 2, ablation: false) with { Seconds = 0 };

        JsonSerializer.Serialize(two, EvaluationJson.Default.EvaluationReport).ShouldBe(JsonSerializer.Serialize(one, EvaluationJson.Default.EvaluationReport));
    }

    [Fact]
    public async Task Too_little_history_says_how_much_is_needed()
    {
        var evaluator = new Evaluator(schema, Options(1), new TrainingOptions(), TimeProvider.System);

        var error = await Should.ThrowAsync<EvaluationException>(() => evaluator.Run(Request(SharedData.Minutes("BTCUSDT", 2 * 1440)), null, TestContext.Current.CancellationToken));

        error.Message.ShouldContain("4 are needed");
    }

    [Fact]
    public async Task History_that_does_not_reach_the_warm_up_is_told_as_such()
    {
        var evaluator = new Evaluator(schema, Options(1), new TrainingOptions(), TimeProvider.System);

        var error = await Should.ThrowAsync<EvaluationException>(() => evaluator.Run(Request(SharedData.Minutes("BTCUSDT", 300)), null, TestContext.Current.CancellationToken));

        error.Message.ShouldContain("warm-up");
    }

    private Task<EvaluationReport> Evaluate(int parallel, bool ablation = true)
    {
        var evaluator = new Evaluator(schema, Options(parallel, ablation), new TrainingOptions(), TimeProvider.System);
        var sources = new[] { "BTCUSDT", "ETHUSDT" }.Select(symbol =>
        {
            var bars = SharedData.Minutes(symbol, 4 * 1440);
            return new SymbolSource(symbol, bars.ToAsyncEnumerable(), BarEmbeddings.Of(symbol, bars, schema).ToAsyncEnumerable());
        });
        return evaluator.Run(new EvaluationRequest([.. sources], "BTCUSDT", long.MaxValue), null, TestContext.Current.CancellationToken);
    }

    private static EvaluationRequest Request(List<Bar> bars) =>
        new([new SymbolSource("BTCUSDT", bars.ToAsyncEnumerable(), AsyncEnumerable.Empty<EmbeddingPair>())], "BTCUSDT", long.MaxValue);

    private static EvaluationOptions Options(int parallel, bool ablation = true) => new()
    {
        StartDays = 2,
        RetrainDays = 2,
        Members = [MemberKinds.Cond, MemberKinds.Ridge],
        Draws = 100,
        Parallel = parallel,
        Ablation = ablation,
    };

    private static void HasSkill(JsonElement group)
    {
        foreach (var name in Skill)
            IsMeasure(group.GetProperty(name));
    }

    private static void IsMeasure(JsonElement measure) =>
        measure.EnumerateObject().Select(p => p.Name).ShouldBe(["value", "low", "high"]);
}
