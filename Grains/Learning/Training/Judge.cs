using Hts.DataSets;
using Hts.Gates;
using Hts.Models;

namespace Hts.Training;

/// <summary>The judging half of a training: every candidate and baseline on the test part, which nothing was fitted or chosen on.</summary>
internal sealed class Judge
{
    private readonly Bench bench;
    private readonly ModelFacts facts;
    private readonly DataSet data;
    private readonly TargetLayout layout;
    private readonly ForecastTable mean;
    private readonly ForecastTable zero;
    private readonly Dictionary<Candidate, ForecastTable> tables = [];
    private readonly TrainingMeans means;

    public Judge(Bench bench, ModelFacts facts, TrainingMeans means)
    {
        this.bench = bench;
        this.facts = facts;
        this.means = means;
        data = bench.Data;
        layout = new TargetLayout(data.Header.Strategies);
        mean = ForecastTable.Mean(data, bench.Split.Test, means);
        zero = ForecastTable.Zero(bench.Split.Test, layout.StrategyCount);
    }

    /// <summary>All candidates, then "mean" and "zero".</summary>
    public IReadOnlyList<CandidateReport> Reports()
    {
        var meanLoss = ForecastTable.Mean(data, bench.Calibrating, means).Losses(data).Average();
        var zeroLoss = ForecastTable.Zero(bench.Calibrating, layout.StrategyCount).Losses(data).Average();
        return
        [
            .. bench.Candidates.Select(c => new CandidateReport(c.Name, c.Learners.Length == 0 ? [MemberKinds.Cond] : [.. c.Learners.Select(l => l.Kind)], c.Loss, c.Slope, Score(TableOf(c)))),
            new CandidateReport("mean", [], meanLoss, 0, Score(mean)),
            new CandidateReport("zero", [], zeroLoss, 0, Score(zero)),
        ];
    }

    /// <summary>The losses of candidate, <c>cond</c> and champion on the test rows whose features and outcomes the champion never saw either.</summary>
    public IReadOnlyList<GateSlot> GateSlots(Candidate candidate, Model? champion)
    {
        var table = TableOf(candidate);
        var candidateLosses = table.Losses(data);
        var condLosses = TableOf(bench.Cond).Losses(data);
        var championLosses = champion is null ? null : ForecastTable.Of(data, champion, bench.Split.Test).Losses(data);
        List<GateSlot> slots = [];
        for (var i = 0; i < bench.Split.Test.Length; i++)
        {
            var ts = data.BaseTs[bench.Split.Test[i]];
            if (champion is null || ts - data.Header.OverlapMs >= champion.Facts.TrainedUntilTs)
                slots.Add(new GateSlot(ts, championLosses?[i], candidateLosses[i], condLosses[i], data.Symbol[bench.Split.Test[i]], Coverage: table.Coverage(data, i)));
        }
        return slots;
    }

    private ForecastTable TableOf(Candidate candidate)
    {
        if (!tables.TryGetValue(candidate, out var table))
            tables[candidate] = table = ForecastTable.Of(data, bench.Finish(candidate, facts), bench.Split.Test);
        return table;
    }

    private IReadOnlyList<ForecastScore> Score(ForecastTable table) =>
        table.Rows.Length == 0 || !Array.TrueForAll(table.Net, double.IsFinite)
            ? []
            : new Scorer(data, layout, mean, TableOf(bench.Cond)).Score(table);
}
