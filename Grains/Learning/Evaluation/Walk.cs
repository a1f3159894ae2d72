using Hts.DataSets;
using Hts.Models;

namespace Hts.Evaluation;

/// <summary>All forecasts of a walk-forward, out of sample.</summary>
/// <param name="Data">The rows forecast, in order of time, those before the scored part included.</param>
/// <param name="ScoredFrom">First row that is scored.</param>
/// <param name="Recipes">One for each name of <see cref="Evaluation.Recipes.Of"/>, in that order.</param>
/// <param name="Folds">The trainings.</param>
internal sealed record Walk(DataSet Data, TargetLayout Layout, int ScoredFrom, IReadOnlyList<RecipeForecasts> Recipes, IReadOnlyList<FoldResult> Folds)
{
    public RecipeForecasts this[string name] => Recipes.First(r => r.Name == name);

    /// <summary>The training that served a row.</summary>
    public FoldResult FoldOf(int row) => Folds.Last(f => f.Fold.FromTs <= Data.BaseTs[row]);
}
