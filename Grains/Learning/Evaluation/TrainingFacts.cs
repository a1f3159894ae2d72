using Hts.Gates;

namespace Hts.Evaluation;

/// <summary>One training of the walk.</summary>
/// <param name="At">Instant of the training, ISO 8601 UTC: it knew outcomes that had ended by then.</param>
/// <param name="ServesFrom">First instant of decision that its models serve.</param>
/// <param name="Rows">Rows it knew.</param>
/// <param name="Chosen">Recipe with the lowest validation loss.</param>
/// <param name="Reason">Why that one.</param>
/// <param name="Slopes">Shrinkage of gross by recipe: what of the direction forecast came true on the validation part.</param>
/// <param name="Skipped">Members that could not be fitted, with the reason.</param>
/// <param name="Placebos">How models did that were trained beside it on labels that nothing can foresee, and the leak check.</param>
public sealed record TrainingFacts(
    string At,
    string ServesFrom,
    int Rows,
    string Chosen,
    string Reason,
    IReadOnlyDictionary<string, double> Slopes,
    IReadOnlyDictionary<string, string> Skipped,
    IReadOnlyList<GatePlacebo> Placebos);
