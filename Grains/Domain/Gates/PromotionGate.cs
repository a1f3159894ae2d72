using System.Globalization;
using Hts.Scores;

namespace Hts.Gates;

/// <summary>
/// Whether a candidate may take the champion's place: judged on the same purged slots, it must give finite outputs, must not be worse
/// than the <c>cond</c> table and not worse than the champion, by mean Huber loss. With too few slots for any judgement a champion stays,
/// and a fresh system starts with <c>cond</c>.
/// </summary>
public sealed class PromotionGate
{
    private readonly GateOptions options;

    /// <exception cref="ArgumentOutOfRangeException">An option is not allowed.</exception>
    public PromotionGate(GateOptions? options = null)
    {
        this.options = options ?? new();
        this.options.Validate();
    }

    public GateDecision Decide(GateInput input)
    {
        var nonFinite = input.Slots.Count(slot => !double.IsFinite(slot.Challenger));
        var judged = input.Slots
            .Where(slot => double.IsFinite(slot.Challenger) && double.IsFinite(slot.Cond)
                && (input.ChampionVersion is null || slot.Champion is { } loss && double.IsFinite(loss)))
            .ToArray();

        double? champion = null;
        var gains = new DailyMeans();
        if (input.ChampionVersion is not null)
        {
            champion = Mean(judged, slot => slot.Champion!.Value);
            foreach (var slot in judged)
                gains.Add(slot.BaseTs, slot.Champion!.Value - slot.Challenger);
        }

        var challenger = Mean(judged, slot => slot.Challenger);
        var cond = Mean(judged, slot => slot.Cond);
        var (promote, verdict) = Judge(input, judged.Length, nonFinite, champion, challenger, cond);
        var (dailyGain, dailyGainError) = gains.Summary();
        return new(
            promote,
            verdict,
            Sentence(verdict, input, judged.Length, nonFinite, champion, challenger, cond),
            input.ChallengerVersion,
            input.ChampionVersion,
            judged.Length,
            options.MinSlots,
            judged.Select(slot => slot.BaseTs / 86_400_000).Distinct().Count(),
            judged.Length > 0 ? judged.Min(slot => slot.BaseTs) : null,
            judged.Length > 0 ? judged.Max(slot => slot.BaseTs) : null,
            nonFinite,
            champion,
            challenger,
            cond,
            champion - challenger,
            dailyGain,
            dailyGainError,
            options.Tolerance,
            options.CondTolerance);
    }

    private (bool Promote, string Verdict) Judge(
        GateInput input, int slots, int nonFinite, double? champion, double? challenger, double? cond)
    {
        if (nonFinite > 0)
            return (false, GateVerdicts.NonFinite);
        if (slots < options.MinSlots)
            return (input.ChampionVersion is null && input.ChallengerIsCond, GateVerdicts.NotEnoughData);
        if (!(challenger <= cond + options.CondTolerance))
            return (false, GateVerdicts.WorseThanCond);
        if (input.ChampionVersion is null)
            return (true, GateVerdicts.FirstModel);
        return challenger <= champion + options.Tolerance ? (true, GateVerdicts.NotWorse) : (false, GateVerdicts.WorseThanChampion);
    }

    private string Sentence(
        string verdict, GateInput input, int slots, int nonFinite, double? champion, double? challenger, double? cond) => verdict switch
        {
            GateVerdicts.NonFinite => $"Refused: {nonFinite} of {input.Slots.Count} slots had an output that is not finite.",
            GateVerdicts.NotEnoughData when input.ChampionVersion is null && input.ChallengerIsCond =>
                $"Not enough data to judge ({slots} of {options.MinSlots} slots): a fresh system starts with cond.",
            GateVerdicts.NotEnoughData when input.ChampionVersion is null =>
                $"Not enough data to judge ({slots} of {options.MinSlots} slots): only cond may start a fresh system.",
            GateVerdicts.NotEnoughData => $"Not enough data to judge ({slots} of {options.MinSlots} slots): the champion stays.",
            GateVerdicts.WorseThanCond => $"Refused: loss {Show(challenger)} against {Show(cond)} of cond on {slots} slots.",
            GateVerdicts.FirstModel => $"Promoted: loss {Show(challenger)}, cond {Show(cond)}, on {slots} slots; there was no champion.",
            GateVerdicts.NotWorse => $"Promoted: loss {Show(challenger)} against {Show(champion)} of the champion on {slots} slots.",
            _ => $"Refused: loss {Show(challenger)} against {Show(champion)} of the champion on {slots} slots.",
        };

    private static string Show(double? loss) => loss?.ToString("0.000000", CultureInfo.InvariantCulture) ?? "none";

    private static double? Mean(GateSlot[] slots, Func<GateSlot, double> value) => slots.Length > 0 ? slots.Average(value) : null;
}
