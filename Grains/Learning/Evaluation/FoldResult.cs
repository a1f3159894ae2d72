using Hts.Gates;

namespace Hts.Evaluation;

/// <summary>What a training of the walk gave beside its forecasts.</summary>
/// <param name="Rows">Rows it knew.</param>
/// <param name="Chosen">Recipe with the lowest validation loss: the one that stands for promotion.</param>
/// <param name="ChosenReason">Why that one.</param>
/// <param name="Slopes">Shrinkage of gross by recipe.</param>
/// <param name="Skipped">Members that could not be fitted, with the reason; their forecasts are those of <c>cond</c>.</param>
/// <param name="Placebos">How those did that may not have any skill, and the leak check.</param>
/// <param name="Elapsed">Time it took.</param>
internal sealed record FoldResult(
    Fold Fold,
    int Rows,
    string Chosen,
    string ChosenReason,
    IReadOnlyDictionary<string, double> Slopes,
    IReadOnlyDictionary<string, string> Skipped,
    IReadOnlyList<GatePlacebo> Placebos,
    TimeSpan Elapsed);
