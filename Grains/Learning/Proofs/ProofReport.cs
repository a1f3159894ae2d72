namespace Hts.Proofs;

/// <summary>What a proof came to.</summary>
/// <param name="Lines">Figures for people.</param>
/// <param name="Passed">True when its goal is met.</param>
public sealed record ProofReport(IReadOnlyList<string> Lines, bool Passed);
