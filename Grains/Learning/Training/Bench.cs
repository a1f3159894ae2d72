using Hts.DataSets;
using Hts.Models;
using Hts.Splits;

namespace Hts.Training;

/// <summary>
/// The fitting half of a training: the <c>cond</c> table and members on the training part, calibration and choice on the validation
/// part. Never looks at the test part.
/// </summary>
internal sealed class Bench
{
    private readonly LearningTask task;
    private readonly TrainingOptions options;
    private readonly TargetLayout layout;
    private readonly Targets targets;
    private readonly CondTable cond;
    private readonly Dictionary<Learner, RawOutputs> outputs = [];
    private readonly Dictionary<string, string> skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<Learner, Member> final = [];

    /// <param name="purgeMs">Distance in time between the parts, ms.</param>
    /// <param name="report">Told of progress.</param>
    public Bench(
        DataSet data, PurgedSplit split, long purgeMs, TrainingRequest request, TrainingOptions options,
        Action<string, double> report, CancellationToken cancellation)
    {
        Data = data;
        Split = split;
        this.options = options;
        layout = new TargetLayout(data.Header.Strategies);
        targets = Targets.Make(data, layout, split.Train, options.ClipShare);
        cond = CondLearner.Fit(data, layout, targets, split.Train);
        var needsFeatures = request.Members.Any(m => m != MemberKinds.Cond);
        var scaler = needsFeatures ? Scaler.Fit(data.Features, split.Train, data.Header.EmbeddingColumns) : new Scaler([], []);
        task = new LearningTask(
            data, layout, needsFeatures ? targets.Less(cond, data, layout) : targets, scaler, purgeMs, request.Seed, options, report, cancellation);
        Calibrating = split.Validation.Length > 0 ? split.Validation : split.Train;
        var testFrom = split.TestFromTs == long.MaxValue ? long.MaxValue : split.TestFromTs - purgeMs;
        FitRows = [.. Enumerable.Range(0, data.Count).Where(row => data.BaseTs[row] <= testFrom)];
    }

    public DataSet Data { get; }

    public PurgedSplit Split { get; }

    /// <summary>The validation part, or the training part when there is none.</summary>
    public int[] Calibrating { get; }

    /// <summary>All rows that lie a purge before the test part: what the final fits use.</summary>
    public int[] FitRows { get; }

    /// <summary>Members that could not be fitted, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Skipped => skipped;

    /// <summary>The <c>cond</c> table first, then the members, then their average.</summary>
    public List<Candidate> Candidates { get; } = [];

    public Candidate Cond => Candidates[0];

    /// <summary>Fits the members asked for, then the average of those that are no worse than <c>cond</c>.</summary>
    public void Fit(IReadOnlyList<string> members)
    {
        Add(MemberKinds.Cond, [], RawOutputs.Of(cond, Data, layout, Calibrating));
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
        if (Candidates.Count == 1)
            return (Cond, members.SequenceEqual([MemberKinds.Cond]) ? "cond was asked for" : "no other member could be fitted");
        var mayCond = members.Contains(MemberKinds.Cond);
        if (mayCond && slots < options.ScarceSlots)
            return (Cond, $"{slots} slots a symbol: below {options.ScarceSlots} cond is the candidate");
        var best = Candidates.Skip(mayCond ? 0 : 1).MinBy(c => c.Loss)!;
        return (best, FormattableString.Invariant($"lowest validation loss: {best.Loss:0.000000} against {Cond.Loss:0.000000} of cond"));
    }

    /// <summary>Fits a candidate anew on <see cref="FitRows"/> and makes the model.</summary>
    public Model Finish(Candidate candidate, ModelFacts facts)
    {
        // Members stand on the table they were fitted over; alone it takes all rows.
        var table = candidate.Learners.Length == 0 ? CondLearner.Fit(Data, layout, targets, FitRows) : cond;
        Member[] members = [.. candidate.Learners.Select(Refit)];
        return new Model(
            facts, table, members, members.Length > 0 ? task.Scaler : null, candidate.Slope, targets.Ranges, candidate.Intervals);
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
        var raw = RawOutputs.Of(cond, member, task, Calibrating);
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
        var slope = Calibration.Slope(raw, targets, layout);
        var composer = new Composer(layout, Data.Header.CostPerFill, slope, targets.Ranges);
        var forecasts = ForecastTable.Of(Data, layout, raw, composer, intervals: null);
        var intervals = Calibration.Intervals(Data, layout, forecasts, options.Coverage);
        Candidates.Add(new Candidate(name, learners, slope, intervals, forecasts.Losses(Data).Average()));
    }
}
