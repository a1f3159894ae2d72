namespace Hts.Gates;

/// <summary>What the gate decides on: the whole of it, so that a stored input gives the same decision again.</summary>
public sealed record GateInput
{
    /// <summary>The candidate.</summary>
    public required string ChallengerVersion { get; init; }

    /// <summary>
    /// The model in use; null on a fresh system, and when the one in use can no longer serve because features or strategies have changed.
    /// </summary>
    public string? ChampionVersion { get; init; }

    /// <summary>
    /// What the model in use is made of, whose forecasts by any of its models are the champion's losses; null where those are of the
    /// model in use alone, as on past slots.
    /// </summary>
    public string? ChampionRecipe { get; init; }

    /// <summary>A model of the best recipe of the last <see cref="GateOptions.AnchorDays"/>; null when that is the champion or nobody.</summary>
    public string? AnchorVersion { get; init; }

    /// <summary>The candidate is the <c>cond</c> table itself, the model that a fresh system starts with.</summary>
    public bool ChallengerIsCond { get; init; }

    /// <summary>The candidate is the champion's recipe fitted anew.</summary>
    public bool SameRecipe { get; init; }

    /// <summary>One of <see cref="GateEvidence"/>.</summary>
    public required string Evidence { get; init; }

    /// <summary>The instant of decision, Unix ms UTC.</summary>
    public required long DecidedAt { get; init; }

    /// <summary>Losses day by day; days out of the window are left aside.</summary>
    public required IReadOnlyList<GateDay> Days { get; init; }

    /// <summary>
    /// Beside stored forecasts, which older models of the recipe made: what this very candidate showed on the test part of its training.
    /// Null where <see cref="Days"/> are that.
    /// </summary>
    public IReadOnlyList<GateDay>? TestPart { get; init; }

    /// <summary>Forecasts of the candidate that were not finite.</summary>
    public int NonFinite { get; init; }

    /// <summary>Share of outcomes within the candidate's 90 % intervals; null when it is not known.</summary>
    public double? Coverage { get; init; }

    /// <summary>The candidate's pooled gross information coefficient over its last <see cref="GateOptions.IcDays"/>; null when it is not known.</summary>
    public double? GrossIc { get; init; }

    /// <summary>Days that <see cref="GrossIc"/> spans.</summary>
    public int GrossIcDays { get; init; }

    /// <summary>The training's placebos; empty where none were made on purpose.</summary>
    public IReadOnlyList<GatePlacebo> Placebos { get; init; } = [];

    public GateOptions Options { get; init; } = new();
}
