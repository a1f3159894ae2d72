using Hts.Ledgers;
using Hts.Scores;
using Hts.Strategies;

namespace Hts.History;

/// <summary>Scores the champion's ledger entries as they pass by, in the order of time. Returns are in percent.</summary>
/// <param name="trainingMeans">Training mean per strategy of the models that predicted, by version; may grow between entries.</param>
internal sealed class Scorekeeper(StrategySet strategies, IReadOnlyDictionary<string, double[]> trainingMeans)
{
    private readonly ScoreAccumulator[] forecasts = [.. strategies.Names.Select(_ => new ScoreAccumulator())];
    private readonly ScoreAccumulator[] means = [.. strategies.Names.Select(_ => new ScoreAccumulator())];
    // In units of the slot's deviation, against the training mean.
    private readonly ScoreAccumulator[] scaled = [.. strategies.Names.Select(_ => new ScoreAccumulator())];
    private readonly int[] within = new int[2 * strategies.Count];
    private readonly int[] intervals = new int[2 * strategies.Count];
    private readonly double[] nothing = new double[strategies.Count];
    private readonly PolicyBoard policies = new(strategies.Count);
    private readonly BaselineLoss zero = new("zero");
    private readonly BaselineLoss mean = new("mean");
    private int predicted;
    private int explained;
    private int settled;
    private int picks;
    private double pickReturn;

    public void Add(LedgerEntry entry)
    {
        var row = entry.Row;
        if (row.PredictedPct is not { } forecast)
        {
            explained++;
            return;
        }
        predicted++;
        if (entry.Settlement?.OutcomePct is not { } outcome)
            return;
        settled++;
        int? pick = row.Pick is { } name && strategies.Names.ToList().IndexOf(name) is >= 0 and var chosen ? chosen : null;
        if (pick is { } strategy)
        {
            picks++;
            pickReturn += outcome[strategy];
        }
        policies.Play(row.Symbol, pick, outcome);
        var training = row.ModelVersion is { } version ? trainingMeans.GetValueOrDefault(version) : null;
        for (var i = 0; i < forecast.Length; i++)
        {
            // A strategy that was not there yet when the row was written.
            if (!double.IsFinite(forecast[i]) || !double.IsFinite(outcome[i]))
                continue;
            forecasts[i].Add(new Scoring(outcome[i], forecast[i], 0, 1, row.LowerPct?[i] ?? double.NaN, row.UpperPct?[i] ?? double.NaN));
            if (training is not null)
            {
                means[i].Add(new Scoring(outcome[i], training[i], 0, 1, double.NaN, double.NaN));
                if (row.SigmaSlot is { } sigma and > 0)
                    scaled[i].Add(new Scoring(outcome[i], forecast[i], training[i], sigma * 100));
            }
            Count(row, i, outcome[i]);
        }
        Compare(row, entry.Settlement.Loss, training, outcome);
    }

    /// <param name="days">Of the same champion's rows.</param>
    public ScorecardMessage ToMessage(
        string? symbol, long fromTs, long toTs, IReadOnlyList<RoleLoss> roles, IReadOnlyList<SkillDay> days, IReadOnlyList<DriftScore> drift)
    {
        var board = new SkillBoard(strategies, days);
        var all = new ScoreAccumulator();
        foreach (var one in scaled)
            all.Merge(one);
        var pooled = board.Pooled(all.ToScore().RSquared);
        return new ScorecardMessage(
            symbol, fromTs, toTs, predicted, explained, settled, picks, picks > 0 ? pickReturn / picks : null,
            [.. strategies.Names.Select((name, i) => ScoreOf(name, forecasts[i].ToScore(), means[i].ToScore(), board.Of(name, scaled[i].ToScore().RSquared)))],
            policies.ToScores(), [.. Coverages()],
            [
                .. roles.Where(r => r.Role != Roles.Champion).Select(r => new RoleScore(r.Role, (int)r.Slots, r.Loss, r.Champion)),
                .. new[] { mean, zero }.Select(b => b.ToScore()).OfType<RoleScore>(),
            ],
            pooled, SkillBoard.Direction(pooled), drift);
    }

    private void Count(LedgerRow row, int i, double outcome)
    {
        if (row is not { LowerPct: { } lower, UpperPct: { } upper, Stands: { } stands })
            return;
        var cell = (2 * i) + (stands[i] != 0 ? 1 : 0);
        intervals[cell]++;
        within[cell] += outcome >= lower[i] && outcome <= upper[i] ? 1 : 0;
    }

    private void Compare(LedgerRow row, double? loss, double[]? training, double[] outcome)
    {
        if (loss is not { } champion || row.SigmaSlot is not { } sigma)
            return;
        zero.Add(SlotLosses.Of(nothing, outcome, sigma), champion);
        if (training is not null)
            mean.Add(SlotLosses.Of(training, outcome, sigma), champion);
    }

    private IEnumerable<CoverageScore> Coverages() =>
        from i in Enumerable.Range(0, strategies.Count)
        from standing in new[] { false, true }
        let cell = (2 * i) + (standing ? 1 : 0)
        where intervals[cell] > 0
        select new CoverageScore(strategies.Names[i], standing, intervals[cell], (double)within[cell] / intervals[cell]);

    private static StrategyScore ScoreOf(string name, Score forecast, Score mean, SkillScore skill) =>
        new(name, (int)forecast.Count, forecast.MeanSquaredError, mean.MeanSquaredError, forecast.Ic, forecast.Coverage, skill);

    /// <summary>Loss of a forecast that needs no model beside the champion's.</summary>
    private sealed class BaselineLoss(string name)
    {
        private int slots;
        private double own;
        private double champion;

        public void Add(double? loss, double championLoss)
        {
            if (loss is not { } value)
                return;
            slots++;
            own += value;
            champion += championLoss;
        }

        public RoleScore? ToScore() => slots > 0 ? new(name, slots, own / slots, champion / slots) : null;
    }
}
