using Hts.Bars;
using Hts.Gates;
using Hts.Ledgers;
using Hts.Models;
using Microsoft.Extensions.Options;

namespace Hts.Training;

/// <summary>
/// Keeps the anchor: a model of the recipe that, of those that served in the last 60 days, has the largest gain over <c>cond</c>. Hourly
/// retrains serve an hour each, too little to tell one from another, so the recipe is judged. The model stays, so that margins cannot
/// ratchet down from it, until it has not served for 60 days or another recipe is better by more than the retrain's margin.
/// </summary>
internal sealed class AnchorKeeper(ServedRecipes recipes, IModelStore models, Grid grid, IOptions<TrainingScheduleOptions> options)
{
    private readonly GateOptions options = options.Value.Gate;

    /// <summary>Slots that a recipe must have served: a day of one symbol.</summary>
    private readonly long leastSlots = GateDay.Ms / grid.SlotMs;

    /// <summary>Looks again and answers the anchor's version; null while no recipe has served for long enough.</summary>
    public async Task<string?> Choose(long nowMs, CancellationToken cancellation)
    {
        var current = (await models.FindAnchor(cancellation))?.Version;
        var served = await recipes.Between(Math.Max(0, nowMs - (options.AnchorDays * GateDay.Ms)), nowMs, cancellation);
        var best = Best(served, current);
        var chosen = best?.FirstOrDefault(m => m.Version == current)?.Version ?? best?.MaxBy(m => m.LastTs)?.Version;
        if (chosen is not null && chosen != current && await models.Find(chosen, cancellation) is { } row)
            await models.Write(row with { AnchorFrom = nowMs }, cancellation);
        return chosen;
    }

    private IGrouping<string, ServedModel>? Best(ILookup<string, ServedModel> served, string? current)
    {
        var judged = served.Where(recipe => recipe.Sum(m => m.Slots) >= leastSlots).ToDictionary(recipe => recipe, GainOverCond);
        var best = judged.Keys.MaxBy(recipe => judged[recipe]);
        var kept = judged.Keys.FirstOrDefault(recipe => recipe.Any(m => m.Version == current));
        return kept is not null && judged[best!] <= judged[kept] + options.RetrainMargin ? kept : best;
    }

    private static double GainOverCond(IEnumerable<ServedModel> models) =>
        models.Sum(m => m.GainOverCond * m.Slots) / models.Sum(m => m.Slots);
}
