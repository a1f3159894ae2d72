using Hts.Bars;
using Hts.Events;
using Hts.Gates;
using Hts.Ledgers;
using Hts.Models;
using Microsoft.Extensions.Options;

namespace Hts.Training;

/// <summary>
/// Gathers what the gate decides on: stored forecasts of the candidate's recipe beside the champion's where there are enough days of
/// them, else what the training measured on past slots. Stored forecasts are older models': what this one showed on its own test part
/// stays beside them.
/// </summary>
internal sealed class GateKeeper(
    IRoleScores scores, ServedRecipes recipes, AnchorKeeper anchors, IModelStore models, ITrainingRunStore runs, EventLog events, Grid grid,
    IOptions<TrainingScheduleOptions> options)
{
    private readonly GateOptions options = options.Value.Gate;
    private readonly int slotsPerDay = (int)(GateDay.Ms / grid.SlotMs);

    /// <summary>Decides on a run's model, once: asked again, it answers what it decided.</summary>
    public async Task<GateDecision> Decide(string jobName, TrainingResult result, CancellationToken cancellation)
    {
        if (await runs.FindGate(jobName, cancellation) is { } decided)
            return GateJson.ReadDecision(decided.DecisionJson);
        var input = await Gather(result, cancellation);
        var decision = PromotionGate.Decide(input);
        if (decision.SkilfulPlacebos.Length > 0)
            await events.Warning("leak", null, $"{jobName}: what cannot know anything looks skilful ({decision.SkilfulPlacebos}); nothing of this training is promoted.");
        await runs.WriteGate(new GateRecord(jobName, GateJson.Write(input), GateJson.Write(decision)), cancellation);
        return decision;
    }

    public async Task<GateInput> Gather(TrainingResult result, CancellationToken cancellation)
    {
        var champion = result.Gate.ChampionVersion is { } version ? await models.Find(version, cancellation) : null;
        var recipe = Recipe.Of(result.Kind, result.MetricsJson);
        var past = result.Gate with { SameRecipe = champion is not null && Recipe.Of(champion) == recipe, Options = options };
        if (champion is null)
            return past;
        var anchor = await anchors.Choose(past.DecidedAt, cancellation);
        past = past with { AnchorVersion = anchor == champion.Version ? null : anchor };
        var stored = await Stored(past, Roles.ChallengerOf(recipe), Recipe.Of(champion), cancellation);
        return PromotionGate.FullDays(stored).Length >= options.MinDays ? stored : past;
    }

    private async Task<GateInput> Stored(GateInput past, string role, string championRecipe, CancellationToken cancellation)
    {
        var until = past.DecidedAt;
        var from = DaysBefore(until, options.WindowDays);
        var served = await recipes.Between(from, until, cancellation);
        var champion = new ServedRecipe(championRecipe, [.. served[championRecipe].Select(m => m.Version)]);
        var days = await scores.Days(role, champion, past.AnchorVersion, from, until, cancellation);
        var lately = await scores.Facts(role, from, until, cancellation);
        var month = await scores.Facts(role, DaysBefore(until, options.IcDays), until, cancellation);
        return past with
        {
            Evidence = GateEvidence.Stored,
            ChampionRecipe = championRecipe,
            TestPart = past.Days,
            Days = [.. days.Select(d => new GateDay(d.DayTs, d.Symbols * slotsPerDay, d.Scored, d.Champion, d.Role, d.Cond, d.Anchor))],
            // A weight that is not finite in the newest model counts as well as an output that was not in an older one.
            NonFinite = past.NonFinite + (int)lately.NonFinite,
            Coverage = lately.Coverage,
            GrossIc = month.GrossIc,
            GrossIcDays = month.Days,
        };
    }

    // From the start of that day on, so that the first one is whole.
    private static long DaysBefore(long ts, int days) => Math.Max(0, ts - (ts % GateDay.Ms) - (days * GateDay.Ms));
}
