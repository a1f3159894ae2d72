using Hts.Gates;
using Hts.Scores;

namespace Hts.Training;

/// <summary>Everything a training run found. Written beside the artefact as report.json.</summary>
public sealed record TrainingReport
{
    public const string FileName = "report.json";

    /// <summary>Rows of the data set that were used.</summary>
    public required int Rows { get; init; }

    /// <summary>
    /// Rows of the data set that were passed over, as more do not fit (<see cref="TrainingOptions.MaxRows"/>): older ones, and those of
    /// symbols left out.
    /// </summary>
    public required long OlderRows { get; init; }

    /// <summary>Symbols of the data set that were left out, as more do not fit.</summary>
    public int SymbolsLeftOut { get; init; }

    /// <summary>Those used.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    public required int TrainRows { get; init; }

    public required int ValidationRows { get; init; }

    public required int TestRows { get; init; }

    /// <summary>Rows left out between the parts.</summary>
    public required int PurgedRows { get; init; }

    /// <summary>First base_ts of the data set, Unix ms UTC.</summary>
    public required long FromTs { get; init; }

    /// <summary>First base_ts of the test part; null when it is empty.</summary>
    public required long? TestFromTs { get; init; }

    /// <summary>End of the last outcome that the model has seen, Unix ms UTC.</summary>
    public required long TrainedUntilTs { get; init; }

    /// <summary>The model's kind: a member or "average".</summary>
    public required string Chosen { get; init; }

    /// <summary>Why that one.</summary>
    public required string ChosenReason { get; init; }

    /// <summary>Members asked for that could not be fitted, with the reason.</summary>
    public required IReadOnlyDictionary<string, string> Skipped { get; init; }

    /// <summary>Mean net return of each strategy over the rows fitted on, fractions.</summary>
    public required double[] MeanNet { get; init; }

    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>All candidates and baselines.</summary>
    public required IReadOnlyList<CandidateReport> Candidates { get; init; }

    /// <summary>Scores of the chosen model on the test part, as the artefact carries it.</summary>
    public required IReadOnlyList<ForecastScore> Scores { get; init; }

    /// <summary>Models trained on labels that features cannot know; one without a t was not judged, as there were too few rows.</summary>
    public IReadOnlyList<PlaceboScore> Placebos { get; init; } = [];

    /// <summary>Whether direction was forecast too well to be true; null when there were too few rows.</summary>
    public LeakScore? Leak { get; init; }

    /// <summary>
    /// Losses for the gate, one per row of the test part that neither model trained on: those of the model in use are null when there is
    /// none or it is made for other features or strategies. A candidate's output that is not finite is NaN.
    /// </summary>
    public required IReadOnlyList<GateSlot> GateSlots { get; init; }

    /// <summary>Why the model in use could not be compared; null when it was, or when there is none.</summary>
    public required string? ChampionProblem { get; init; }

    /// <summary>Path of the artefact.</summary>
    public required string ArtefactPath { get; init; }

    /// <summary>Lower-case hex SHA-256 of the artefact.</summary>
    public required string ArtefactSha256 { get; init; }

    /// <summary>Time taken, ms.</summary>
    public required long ElapsedMs { get; init; }
}
