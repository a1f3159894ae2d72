using Hts.Gates;
using Hts.Intervals;
using Hts.Models;
using Hts.Time;

namespace Hts.Evaluation;

/// <summary>
/// What would have served: at each day's beginning the gate compares the stored forecasts of the champion's recipe with those of the
/// recipe that the newest training chose. A recipe's retrainings serve when they are there.
/// </summary>
internal sealed class ChampionWalk
{
    private readonly Walk walk;
    private readonly WalkDays days;
    private readonly GateOptions options;
    private readonly IReadOnlyDictionary<string, RecipeRecord> records;
    private string champion = MemberKinds.Cond;
    private string reason = "A fresh system starts with cond.";

    public ChampionWalk(Walk walk, WalkDays days, GateOptions options, IntervalOptions intervals)
    {
        (this.walk, this.days, this.options) = (walk, days, options);
        records = walk.Recipes.Where(r => r.Name is not (Recipes.Mean or Recipes.Zero))
            .ToDictionary(r => r.Name, r => new RecipeRecord(walk, days, r, intervals), StringComparer.Ordinal);
        Served = new RecipeForecasts("champion", walk.Data.Count, walk.Layout.StrategyCount);
    }

    /// <summary>The forecasts of what served.</summary>
    public RecipeForecasts Served { get; }

    /// <summary>What served over the scored time.</summary>
    public List<ChampionSpan> Spans { get; } = [];

    /// <summary>Every decision.</summary>
    public List<PromotionStep> Steps { get; } = [];

    public void Run()
    {
        for (var row = 0; row < walk.Data.Count; row++)
        {
            if (row == 0 || days.Number[row] != days.Number[row - 1])
                Decide(row);
            Served.CopyRow(row, walk[champion]);
            if (row >= walk.ScoredFrom)
                Extend(row);
        }
    }

    private void Decide(int row)
    {
        var fold = walk.FoldOf(row);
        var challenger = fold.Chosen;
        if (challenger == champion)
            return;
        var today = days.Number[row];
        var anchor = Anchor(row);
        var icFrom = Math.Max(0, today - options.IcDays);
        var decision = PromotionGate.Decide(new GateInput
        {
            ChallengerVersion = challenger,
            ChampionVersion = champion,
            AnchorVersion = anchor == champion || anchor == challenger ? null : anchor,
            ChallengerIsCond = challenger == MemberKinds.Cond,
            Evidence = GateEvidence.Stored,
            DecidedAt = walk.Data.BaseTs[row],
            Days = GateDays.Of(Slots(row, challenger, anchor), (int)(GateDay.Ms / walk.Data.Header.SlotMs), withChampion: true),
            Coverage = records[challenger].Coverage(Math.Max(0, today - options.WindowDays), today),
            GrossIc = records[challenger].GrossIc(icFrom, today),
            GrossIcDays = today - icFrom,
            Placebos = fold.Placebos,
            Options = options,
        });
        Steps.Add(new PromotionStep(Timestamps.Iso(walk.Data.BaseTs[row]), champion, challenger, decision.Verdict, decision.Reason));
        if (decision.Promote)
            (champion, reason) = (challenger, decision.Reason);
    }

    /// <summary>The recipe with the lowest loss over the anchor's days: what a promotion may not fall behind.</summary>
    private string Anchor(int row)
    {
        var (from, to) = Settled(row, options.AnchorDays);
        return to == from
            ? champion
            : records.MinBy(r => r.Value.Losses.AsSpan(from, to - from).ToArray().Average()).Key;
    }

    private IEnumerable<GateSlot> Slots(int row, string challenger, string anchor)
    {
        var (from, to) = Settled(row, options.WindowDays);
        for (var i = from; i < to; i++)
            yield return new GateSlot(
                walk.Data.BaseTs[i], records[champion].Losses[i], records[challenger].Losses[i], records[MemberKinds.Cond].Losses[i],
                walk.Data.Symbol[i], records[anchor].Losses[i]);
    }

    /// <summary>Rows of the last days whose outcome was settled before a row's instant.</summary>
    private (int From, int To) Settled(int row, int window)
    {
        var fromTs = WalkDays.DayOf(walk.Data.BaseTs[row]) - (window * GateDay.Ms);
        var to = row;
        while (to > 0 && walk.Data.BaseTs[to - 1] + walk.Data.Header.SlotMs >= walk.Data.BaseTs[row])
            to--;
        var from = to;
        while (from > 0 && walk.Data.BaseTs[from - 1] >= fromTs)
            from--;
        return (from, to);
    }

    private void Extend(int row)
    {
        var to = Timestamps.Iso(walk.Data.BaseTs[row] + walk.Data.Header.SlotMs);
        if (Spans.Count > 0 && Spans[^1].Kind == champion)
            Spans[^1] = Spans[^1] with { To = to };
        else
            Spans.Add(new ChampionSpan(Timestamps.Iso(walk.Data.BaseTs[row]), to, champion, reason));
    }
}
