namespace Hts.Evaluation;

/// <summary>Everything a walk-forward evaluation found; written as report.json. Equal data, options and seed give equal figures.</summary>
public sealed record EvaluationReport
{
    public const string FileName = "report.json";

    public const string PageName = "report.html";

    /// <summary>What it comes to, in sentences.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>Scored slots, over all symbols.</summary>
    public required int Slots { get; init; }

    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>First scored instant of decision, ISO 8601 UTC.</summary>
    public required string From { get; init; }

    /// <summary>End of the last scored slot, ISO 8601 UTC.</summary>
    public required string To { get; init; }

    /// <summary>Scored UTC days: the blocks of the bootstrap.</summary>
    public required int Days { get; init; }

    /// <summary>What was the champion over time.</summary>
    public required IReadOnlyList<ChampionSpan> Model { get; init; }

    /// <summary>Every decision of the gate on a challenger.</summary>
    public required IReadOnlyList<PromotionStep> Gate { get; init; }

    /// <summary>The champion's forecasts, all symbols.</summary>
    public required SkillMeasures Pooled { get; init; }

    /// <summary>The same by strategy.</summary>
    public required IReadOnlyDictionary<string, SkillMeasures> Strategies { get; init; }

    /// <summary>The same by symbol.</summary>
    public required IReadOnlyDictionary<string, SymbolSkill> BySymbol { get; init; }

    /// <summary>The same by calendar month.</summary>
    public required IReadOnlyList<MonthSkill> ByMonth { get; init; }

    /// <summary>Every recipe, as if it had served all the time.</summary>
    public required IReadOnlyDictionary<string, MemberSkill> Members { get; init; }

    /// <summary>Coverage of the champion's 90 % interval.</summary>
    public required IReadOnlyList<CoverageCell> Coverage { get; init; }

    /// <summary>Policies by cost of a fill in basis points: "5", "1" and "0.5".</summary>
    public required IReadOnlyDictionary<string, PolicyMeasures> Policy { get; init; }

    /// <summary>Risk of the model's policy by cost.</summary>
    public required IReadOnlyDictionary<string, RiskFacts> Risk { get; init; }

    /// <summary>Summed returns, for charts.</summary>
    public required IReadOnlyList<PolicyCurve> Curves { get; init; }

    /// <summary>Deciles of the gross forecasts against what came.</summary>
    public required IReadOnlyList<CalibrationBin> Calibration { get; init; }

    /// <summary>Groups of features left out in turn; empty when it was not asked for.</summary>
    public required IReadOnlyList<AblationResult> Ablation { get; init; }

    /// <summary>The labels by symbol and month, those before the scored time included.</summary>
    public required IReadOnlyList<LabelMonth> Labels { get; init; }

    /// <summary>Rows of the data set by symbol.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>Windows that are no row, by cause.</summary>
    public required IReadOnlyDictionary<string, long> LeftOut { get; init; }

    /// <summary>Rows that hold a text which came in after their instant: no live row had it.</summary>
    public long BackfilledTextRows { get; init; }

    /// <summary>The trainings of the walk.</summary>
    public required IReadOnlyList<TrainingFacts> Trainings { get; init; }

    /// <summary>How it was done: options by name.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Time taken.</summary>
    public double Seconds { get; init; }

    /// <summary>Most memory that the process held.</summary>
    public double PeakMemoryMb { get; init; }
}
