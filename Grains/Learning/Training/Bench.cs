using Hts.DataSets;
using Hts.Models;
using Hts.Splits;

namespace Hts.Training;

/// <summary>
/// The fitting half of a training: members on the training part, calibration and choice on the validation part. Never looks at the
/// test part.
/// </summary>
internal sealed class Bench
{
    private readonly LearningTask task;
    private readonly TrainingOptions options;
    private readonly int[] calibration;
    private readonly Dictionary<Learner, RawOutputs> outputs = [];
    private readonly Dictionary<string, string> skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<Learner, Member> final = [];

    public Bench(DataSet data, PurgedSplit split, LearningTask task)
    {
        this.task = task;
        Split = split;
        options = task.Options;
        Data = data;
        calibration = split.Validation.Length > 0 ? split.Validation : split.Train;
        var testFrom = split.TestFromTs == long.MaxValue ? long.MaxValue : split.TestFromTs - task.PurgeMs;
        FitRows = [.. Enumerable.Range(0, data.Count).Where(row => data.BaseTs[row] <= testFrom)];
    }

    public DataSet Data { get; }

    public PurgedSplit Split { get; }

    /// <summary>All rows that lie a purge before the test part: what the final fits use.</summary>
    public int[] FitRows { get; }

    /// <summary>Members that could not be fitted, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Skipped => skipped;

    public List<Candidate> Candidates { get; } = [];

    /// <summary>The reference, always the first candidate.</summary>
    public Candidate Cond => Candidates[0];

    public Composer ComposerOf(double slope) => new(task.Layout, Data.Header.CostPerFill, slope, task.Targets.Ranges);

    /// <summary>Fits <c>cond</c> and the members asked for, then the average of those that are no worse than <c>cond</c>.</summary>
    public void Fit(IReadOnlyList<string> members)
    {
        Add(new CondLearner());
        foreach (var kind in members.Where(kind => kind != MemberKinds.Cond))
        {
            if (Split.Train.Length < options.MinFitRows || Split.Validation.Length == 0)
                skipped[kind] = $"{Split.Train.Length} rows to fit and {Split.Validation.Length} to validate on; {options.MinFitRows} and 1 are needed";
            else
                Add(kind == MemberKinds.Ridge ? new RidgeLearner() : new MlpLearner());
        }
        Learner[] passed = [.. Candidates.Skip(1).Where(c => c.Loss <= Cond.Loss).Select(c => c.Learners[0])];
        if (passed.Length > 1)
            Add(MemberKinds.Average, passed, RawOutputs.Average([.. passed.Select(l => outputs[l])]));
    }

    /// <summary>The candidate to go on with, by the validation part alone.</summary>
    public (Candidate Candidate, string Reason) Choose(IReadOnlyList<string> members)
    {
        var slots = Data.Count / Math.Max(1, Data.Symbols.Count);
        var mayCond = members.Contains(MemberKinds.Cond) || Candidates.Count == 1;
        if (mayCond && slots < options.ScarceSlots)
            return (Cond, $"{slots} slots a symbol: below {options.ScarceSlots} cond is the candidate");
        var best = Candidates.Skip(mayCond ? 0 : 1).MinBy(c => c.Loss)!;
        return (best, FormattableString.Invariant($"lowest validation loss: {best.Loss:0.000000} against {Cond.Loss:0.000000} of cond"));
    }

    /// <summary>Fits a candidate's members anew on <see cref="FitRows"/> and makes the model.</summary>
    public Model Finish(Candidate candidate, ModelFacts facts)
    {
        Member[] members = [.. candidate.Learners.Select(Refit)];
        var scaler = members.Any(m => m.ReadsFeatures) ? task.Scaler : null;
        return new Model(facts, members, scaler, candidate.Slope, task.Targets.Ranges, candidate.Intervals);
    }

    private Member Refit(Learner learner)
    {
        task.Cancellation.ThrowIfCancellationRequested();
        if (!final.TryGetValue(learner, out var member))
            final[learner] = member = learner.Refit(task, FitRows);
        return member;
    }

    private void Add(Learner learner)
    {
        task.Report($"{learner.Kind}: fitting", 0);
        var member = learner.Fit(task, Split.Train, Split.Validation);
        var raw = RawOutputs.Of(member, task, calibration);
        if (!Array.TrueForAll(raw.Values, double.IsFinite))
        {
            skipped[learner.Kind] = "its outputs are not finite";
            return;
        }
        outputs[learner] = raw;
        Add(learner.Kind, [learner], raw);
        task.Report($"{learner.Kind}: fitted", 1);
    }

    private void Add(string name, Learner[] learners, RawOutputs raw)
    {
        var slope = Calibration.Slope(raw, task.Targets, task.Layout);
        var forecasts = ForecastTable.Of(Data, task.Layout, raw, ComposerOf(slope), intervals: null);
        var intervals = Calibration.Intervals(Data, task.Layout, forecasts, options.Coverage);
        Candidates.Add(new Candidate(name, learners, slope, intervals, forecasts.Losses(Data).Average()));
    }
}
