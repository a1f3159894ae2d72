using Hts.DataSets;

namespace Hts.Evaluation;

/// <summary>What to evaluate on.</summary>
/// <param name="Sources">The symbols.</param>
/// <param name="Leader">Symbol whose returns are features of the others; null or absent for none.</param>
/// <param name="UntilTs">Outcomes that end later are left out, Unix ms UTC.</param>
public sealed record EvaluationRequest(IReadOnlyList<SymbolSource> Sources, string? Leader, long UntilTs);
