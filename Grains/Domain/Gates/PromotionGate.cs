using System.Globalization;

namespace Hts.Gates;

/// <summary>
/// Whether a candidate may take the champion's place. Day by day, its Huber loss is compared with the champion's and the anchor's on the
/// same slots: a new recipe must be proven better, a retrain of the same recipe not worse by more than a small margin, each by a one-sided
/// t-test over days. Vetoes come first. With too few days a champion stays, and a fresh system starts with <c>cond</c>.
/// </summary>
public static class PromotionGate
{
    /// <summary>The same input always gives the same decision.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is not allowed.</exception>
    public static GateDecision Decide(GateInput input)
    {
        var options = input.Options;
        options.Validate();
        var minDays = input.Evidence == GateEvidence.Stored ? options.MinDays : options.MinPastDays;
        var days = FullDays(input);
        var enough = days.Length >= minDays;
        var champion = enough && input.ChampionVersion is { } used ? Test("champion", used, days, d => d.Champion!.Value, input) : null;
        GateDay[] anchored = [.. days.Where(d => d.Anchor is not null)];
        var anchor = anchored.Length >= minDays && input.AnchorVersion is { } best
            ? Test("anchor", best, anchored, d => d.Anchor!.Value, input)
            : null;
        var own = new TestPart(input, FullDays(input, input.TestPart ?? [], stored: false));
        var decision = new GateDecision(
            false, "", "", input.ChallengerVersion, input.ChampionVersion, input.Evidence, input.SameRecipe, days.Length, minDays,
            days.Sum(d => d.Scored), days.Length > 0 ? days[0].DayTs : null, days.Length > 0 ? days[^1].DayTs : null,
            days.Length > 0 ? days.Average(d => d.Challenger) : null, days.Length > 0 ? days.Average(d => d.Cond) : null, champion, anchor,
            input.Coverage, input.GrossIc, input.GrossIcDays, input.NonFinite,
            string.Join(", ", input.Placebos.Where(p => p.Skilful).Select(p => p.Name)))
        {
            TestPartCond = own.Cond,
            TestPartChampion = own.Champion,
            TestPartCoverage = own.Coverage,
        };
        var (promote, verdict) = Judge(input, decision, own, enough);
        return decision with { Promote = promote, Verdict = verdict, Reason = Sentence(input, decision, own, promote, verdict) };
    }

    /// <summary>The days that count, in order: with enough slots scored, and, of stored forecasts, over and within the window.</summary>
    public static GateDay[] FullDays(GateInput input) => FullDays(input, input.Days, input.Evidence == GateEvidence.Stored);

    private static GateDay[] FullDays(GateInput input, IReadOnlyList<GateDay> days, bool stored) =>
        [.. days.Where(d => IsFull(d, input, stored)).OrderBy(d => d.DayTs)];

    private static bool IsFull(GateDay day, GateInput input, bool stored)
    {
        var today = input.DecidedAt - (input.DecidedAt % GateDay.Ms);
        // Stored forecasts come in by the hour: the running day would be looked at again and again while it fills.
        var counts = stored ? day.DayTs < today && day.DayTs >= today - (input.Options.WindowDays * GateDay.Ms) : day.DayTs <= today;
        return counts
            && day.Scored > 0 && day.Scored >= input.Options.MinScored * day.Due
            && double.IsFinite(day.Challenger) && double.IsFinite(day.Cond)
            && (input.ChampionVersion is null || day.Champion is { } loss && double.IsFinite(loss));
    }

    private static GateTest Test(string against, string version, GateDay[] days, Func<GateDay, double> other, GateInput input)
    {
        var gain = GateMean.Of(Array.ConvertAll(days, d => other(d) - d.Challenger), input.Options.Significance);
        var margin = input.SameRecipe ? input.Options.RetrainMargin : 0;
        return new(
            against, version, gain.Days, days.Average(other), gain.Mean, gain.StandardError, gain.T, margin,
            gain.Mean + margin - (gain.T * gain.StandardError));
    }

    private static (bool Promote, string Verdict) Judge(GateInput input, GateDecision facts, TestPart own, bool enough)
    {
        var options = input.Options;
        if (input.NonFinite > 0)
            return (false, GateVerdicts.NonFinite);
        if (facts.SkilfulPlacebos.Length > 0)
            return (false, GateVerdicts.SkilfulPlacebo);
        if (!enough)
            return (input.ChampionVersion is null && input.ChallengerIsCond, GateVerdicts.NotEnoughData);
        if (!input.SameRecipe && !input.ChallengerIsCond && input.Placebos.Count > 0 && input.Placebos.All(p => p.Statistic is null))
            return (false, GateVerdicts.NoPlacebo);
        if (!input.ChallengerIsCond && facts.ChallengerLoss > facts.CondLoss)
            return (false, GateVerdicts.WorseThanCond);
        if (input.Coverage < options.MinCoverage || input.Coverage > options.MaxCoverage)
            return (false, GateVerdicts.Coverage);
        if (input.GrossIc < options.MinGrossIc && input.GrossIcDays >= options.IcDays)
            return (false, GateVerdicts.UpsideDown);
        if (own.IsWorseThanCond || own.IsWorseThanChampion)
            return (false, GateVerdicts.WorseOnTestPart);
        if (own.IsCoverageOut)
            return (false, GateVerdicts.CoverageOnTestPart);
        if (facts.Champion is null)
            return (true, GateVerdicts.FirstModel);
        if (!facts.Champion.Passed)
            return (false, GateVerdicts.NotProven);
        // Past slots are compared with the champion alone; stored forecasts of the anchor are there some days later.
        if (facts.Anchor is { Passed: false } || facts.Anchor is null && input.AnchorVersion is not null && input.Evidence != GateEvidence.Stored)
            return (false, GateVerdicts.NotProvenAgainstAnchor);
        return (true, input.SameRecipe ? GateVerdicts.NotWorse : GateVerdicts.Better);
    }

    private static string Sentence(GateInput input, GateDecision facts, TestPart own, bool promote, string verdict) => verdict switch
    {
        GateVerdicts.NonFinite => $"Refused: {facts.NonFinite} forecasts were not finite.",
        GateVerdicts.SkilfulPlacebo => $"Refused: a placebo looks skilful ({facts.SkilfulPlacebos}), so something leaks.",
        GateVerdicts.NoPlacebo => "Refused: there were too few rows to judge a placebo, so nothing tells whether something leaks.",
        GateVerdicts.NotEnoughData => $"Not enough data to judge ({facts.Days} of {facts.MinDays} full days, {facts.Evidence}): "
            + (promote ? "a fresh system starts with cond."
                : input.ChampionVersion is null ? "only cond may start a fresh system." : "the champion stays."),
        GateVerdicts.WorseThanCond => $"Refused: loss {Show(facts.ChallengerLoss)} against {Show(facts.CondLoss)} of cond on {facts.Days} days.",
        GateVerdicts.Coverage =>
            $"Refused: its 90 % intervals hold {Show(facts.Coverage, "0.000")} of the outcomes, outside {Show(input.Options.MinCoverage, "0.00")} to {Show(input.Options.MaxCoverage, "0.00")}.",
        GateVerdicts.UpsideDown =>
            $"Refused: gross information coefficient {Show(facts.GrossIc, "0.000")} over {facts.GrossIcDays} days, below {Show(input.Options.MinGrossIc, "0.00")}.",
        GateVerdicts.WorseOnTestPart => "Refused: on the test part of its own training, " + (own.IsWorseThanCond
            ? Show(own.Cond!, "cond", input.Options)
            : Show(own.Champion!, $"the champion {facts.ChampionVersion}", input.Options)),
        GateVerdicts.CoverageOnTestPart =>
            $"Refused: on the test part of its own training its 90 % intervals hold {Show(own.Coverage!.Mean, "0.000")} of the outcomes, ±{Show(own.Coverage.T * own.Coverage.StandardError, "0.000")} "
            + $"on {own.Coverage.Days} days, outside {Show(input.Options.MinCoverage, "0.00")} to {Show(input.Options.MaxCoverage, "0.00")}.",
        GateVerdicts.FirstModel =>
            $"Promoted: loss {Show(facts.ChallengerLoss)}, cond {Show(facts.CondLoss)}, on {facts.Days} days; there was no champion.",
        GateVerdicts.NotProvenAgainstAnchor => "Refused: " + (facts.Anchor is { } anchor
            ? Show(anchor)
            : $"past slots do not compare it with the anchor {input.AnchorVersion}; {input.Options.MinDays} full days of stored forecasts will."),
        _ => (promote ? "Promoted: " : "Refused: ") + Show(facts.Champion!, input.ChampionRecipe),
    };

    private static string Show(GateTest test, string? recipe = null) =>
        $"gain {Show(test.Gain)} over the {test.Against} {test.Version}{(recipe is null ? "" : $" ({recipe})")}, margin {Show(test.Margin, "0.000")}, "
        + $"less {Show(test.T, "0.00")} × {Show(test.StandardError)} gives {Show(test.Bound)} on {test.Days} days.";

    private static string Show(GateMean gain, string against, GateOptions options) =>
        $"gain {Show(gain.Mean)} over {against}, margin {Show(options.RetrainMargin, "0.000")}, "
        + $"plus {Show(gain.T, "0.00")} × {Show(gain.StandardError)} gives {Show(gain.High + options.RetrainMargin)} on {gain.Days} days.";

    private static string Show(double? value, string format = "0.000000") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "none";
}
