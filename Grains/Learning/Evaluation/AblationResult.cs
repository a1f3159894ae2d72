namespace Hts.Evaluation;

/// <summary>The linear member alone without a group of features.</summary>
/// <param name="Without">Group left out; null: none, what the others are held against.</param>
/// <param name="Features">Features left.</param>
/// <param name="GrossIcLost">Gross IC of all features − that without the group, paired day by day: what the group is worth.</param>
public sealed record AblationResult(
    string? Without, int Features, Measure GrossIc, Measure SidesR2, Measure NetR2, Measure NetR2VsCond, Measure GrossIcLost);
