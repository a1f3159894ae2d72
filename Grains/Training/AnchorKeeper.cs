using Hts.Bars;
using Hts.Gates;
using Hts.Ledgers;
using Hts.Models;
using Microsoft.Extensions.Options;

namespace Hts.Training;

/// <summary>
/// Keeps the anchor: of the models that served in the last 60 days the one with the largest gain over <c>cond</c>. It changes only for
/// a model that is better by more than the retrain's margin, so that it stays long enough to be compared with.
/// </summary>
internal sealed class AnchorKeeper(IRoleScores scores, IModelStore models, Grid grid, IOptions<TrainingScheduleOptions> options)
{
    private readonly GateOptions options = options.Value.Gate;

    /// <summary>Slots that a model must have served: a day of one symbol.</summary>
    private readonly long leastSlots = GateDay.Ms / grid.SlotMs;

    /// <summary>Looks again and answers the anchor's version; null while no model has served for long enough.</summary>
    public async Task<string?> Choose(long nowMs, CancellationToken cancellation)
    {
        var current = (await models.FindAnchor(cancellation))?.Version;
        var served = await scores.Served(Math.Max(0, nowMs - (options.AnchorDays * GateDay.Ms)), nowMs, cancellation);
        var chosen = Best(served.Where(m => m.Slots >= leastSlots), current)?.Version;
        if (chosen is not null && chosen != current && await models.Find(chosen, cancellation) is { } row)
            await models.Write(row with { AnchorFrom = nowMs }, cancellation);
        return chosen;
    }

    private ServedModel? Best(IEnumerable<ServedModel> served, string? current)
    {
        ServedModel? best = null, kept = null;
        foreach (var model in served)
        {
            if (model.GainOverCond > (best?.GainOverCond ?? double.NegativeInfinity))
                best = model;
            if (model.Version == current)
                kept = model;
        }
        return kept is not null && best!.GainOverCond <= kept.GainOverCond + options.RetrainMargin ? kept : best;
    }
}
