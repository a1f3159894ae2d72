using Hts.Evaluation;

namespace Hts.Tests.Evaluations;

/// <summary>A small report with everything in it that a page shows, one measure of nothing included.</summary>
internal static class SampleReport
{
    private static readonly Measure Some = new(0.0312, -0.004, 0.061);
    private static readonly SkillMeasures Skill = new(Some, Some, Some, Some, Some);
    private static readonly Dictionary<string, Measure> Policy = new() { ["5"] = Some, ["1"] = Some, ["0.5"] = Measure.None };

    public static EvaluationReport Create(string symbol = "BTCUSDT") => new()
    {
        Findings = ["There is no edge at 5 bp a fill.", "Direction < cost & luck."],
        Slots = 288,
        Symbols = [symbol],
        From = "2022-01-30T00:00:00Z",
        To = "2022-02-01T00:00:00Z",
        Days = 2,
        Model =
        [
            new("2022-01-30T00:00:00Z", "2022-01-31T00:00:00Z", "cond", "A fresh system starts with cond."),
            new("2022-01-31T00:00:00Z", "2022-02-01T00:00:00Z", "ridge", "Promoted."),
        ],
        Gate = [new("2022-01-31T00:00:00Z", "cond", "ridge", "better than the champion", "Promoted.")],
        Pooled = Skill,
        Strategies = new Dictionary<string, SkillMeasures> { ["mean_revert"] = Skill, ["long_hold"] = Skill with { SidesR2 = Measure.None } },
        BySymbol = new Dictionary<string, SymbolSkill> { [symbol] = new(Some, Some, Some, Some, Some, new Dictionary<string, SkillMeasures> { ["mean_revert"] = Skill }) },
        ByMonth = [new("2022-01", 288, Some, Some, Some, Some, Some, Policy)],
        Members = new Dictionary<string, MemberSkill> { ["ridge"] = new(Some, Some, Some, Some, Some, Policy) },
        Coverage = [new(symbol, "mean_revert", "2022-01", true, 0.85, 40), new(symbol, "mean_revert", "2022-01", false, 0.86, 248)],
        Policy = new Dictionary<string, PolicyMeasures>
        {
            ["5"] = new(Some, Some, Some, Some, Some, Some, Some, Some, Some, Some),
            ["0.5"] = new(Some, Some, Some, Some, Some, Some, Some, Some, Some, Some),
        },
        Risk = new Dictionary<string, RiskFacts> { ["5"] = new(0.01, 12, null, 5, null), ["0.5"] = new(0.1, 120, 1.5, 5, 0.4) },
        Curves = [new("5", "model", [0.5, -1]), new("5", "cash", [0, 0]), new("0.5", "model", [1, 2])],
        Calibration = [new(-0.02, Some), new(0.03, Some)],
        Ablation = [new(null, 610, Some, Some, Some, Some, Measure.None), new("embeddings", 94, Some, Some, Some, Some, Some)],
        Labels = [new(symbol, "2022-01", 288, new Dictionary<string, double> { ["mean_revert"] = 0.3 }, new Dictionary<string, double> { ["mean_revert"] = 2 }, 5, 2.7)],
        Rows = new Dictionary<string, long> { [symbol] = 288 },
        LeftOut = new Dictionary<string, long> { ["warming up"] = 62 },
        Trainings = [new("2022-01-29T23:50:00Z", "2022-01-30T00:00:00Z", 4000, "ridge", "lowest validation loss", new Dictionary<string, double> { ["ridge"] = 0.4 }, new Dictionary<string, string> { ["trees"] = "too few rows" }, [new("shuffled labels", false, 0.4, 2.4)])],
        Options = new Dictionary<string, string> { ["seed"] = "1" },
        Seconds = 12.3,
        PeakMemoryMb = 456.7,
    };
}
