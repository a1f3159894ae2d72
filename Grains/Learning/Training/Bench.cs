using Hts.DataSets;
using Hts.Gates;
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
    private readonly Checkpoints? checkpoints;
    private FeatureSpace? space;

    /// <param name="purgeMs">Distance in time between the parts, ms.</param>
    /// <param name="report">Told of progress.</param>
    /// <param name="checkpoints">Where fitted members are kept; null to keep none.</param>
    public Bench(
        DataSet data, PurgedSplit split, long purgeMs, TrainingRequest request, TrainingOptions options,
        Action<string, double> report, CancellationToken cancellation, Checkpoints? checkpoints = null)
    {
        Data = data;
        this.checkpoints = checkpoints;
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
        var from = split.Train.Length > 0 ? split.Train.Min(row => data.BaseTs[row]) : long.MinValue;
        FitRows = [.. Enumerable.Range(0, data.Count).Where(row => data.BaseTs[row] >= from && data.BaseTs[row] <= testFrom)];
    }

    public DataSet Data { get; }

    public PurgedSplit Split { get; }

    /// <summary>The validation part, or the training part when there is none.</summary>
    public int[] Calibrating { get; }

    /// <summary>All rows from the first training row on that lie a purge before the test part: what the final fits use.</summary>
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
            var needed = kind == MemberKinds.Trees ? Math.Max(options.MinFitRows, options.Trees.MinRows) : options.MinFitRows;
            if (Split.Train.Length < needed || Split.Validation.Length == 0)
                skipped[kind] = $"{Split.Train.Length} rows to fit and {Split.Validation.Length} to validate on; {needed} and 1 are needed";
            else
                Add(LearnerOf(kind));
        }
        Learner[] passed = [.. Candidates.Skip(1).Where(c => c.Loss <= Cond.Loss).Select(c => c.Learners[0])];
        if (passed.Length > 1)
            Add(MemberKinds.Average, passed, RawOutputs.Average([.. passed.Select(l => outputs[l])]));
    }

    /// <summary>The candidate to go on with, by the validation part alone.</summary>
    public (Candidate Candidate, string Reason) Choose(IReadOnlyList<string> members)
    {
        var slots = SlotsASymbol();
        if (Candidates.Count == 1)
            return (Cond, members.SequenceEqual([MemberKinds.Cond]) ? "cond was asked for" : "no other member could be fitted");
        var mayCond = members.Contains(MemberKinds.Cond);
        var best = Candidates.Skip(mayCond ? 0 : 1).MinBy(c => c.Loss)!;
        var losses = FormattableString.Invariant($"validation loss {best.Loss:0.000000} against {Cond.Loss:0.000000} of cond");
        if (!mayCond || slots >= options.ScarceSlots)
            return (best, $"lowest {losses}");
        if (best == Cond)
            return (Cond, $"{slots} slots a symbol, and cond has the lowest validation loss");
        var lead = Lead.Of(Data, Calibrating, Cond.Losses, best.Losses, options.LeadBlockSlots);
        return lead.IsClear(options)
            ? (best, $"{losses}, clear even with {slots} slots a symbol: {lead}")
            : (Cond, $"{slots} slots a symbol, below {options.ScarceSlots}: {best.Name} does not lead clearly, {lead}");
    }

    /// <summary>
    /// Days of which the test part has every slot of every symbol that appears in them: no fewer than these count for a gate that asks
    /// for less of a day.
    /// </summary>
    public int TestDays() => GateDays
        .Of(Split.Test.Select(row => new GateSlot(Data.BaseTs[row], null, 0, 0, Data.Symbol[row])), (int)(GateDay.Ms / Data.Header.SlotMs), withChampion: false)
        .Count(day => day.Scored == day.Due);

    /// <summary>Fits a candidate anew on <see cref="FitRows"/> and makes the model.</summary>
    public Model Finish(Candidate candidate, ModelFacts facts)
    {
        // Members stand on the table they were fitted over; alone it takes all rows.
        var table = candidate.Learners.Length == 0 ? CondLearner.Fit(Data, layout, targets, FitRows) : cond;
        Member[] members = [.. candidate.Learners.Select(Refit)];
        if (members.Length > 0)
            space ??= FeatureSpaceLearner.Fit(Data, task.Scaler, Split.Train, Split.Validation, options.FeatureSpace);
        return new Model(
            facts, table, members, members.Length > 0 ? task.Scaler : null, candidate.Slope, targets.Ranges, candidate.Intervals)
        {
            Space = members.Length > 0 ? space : null,
        };
    }

    /// <summary>Slots of the symbol that has most of them: one that joined lately takes nothing from what is known of the others.</summary>
    private int SlotsASymbol()
    {
        var counts = new int[Data.Symbols.Count];
        foreach (var symbol in Data.Symbol)
            counts[symbol]++;
        return counts.DefaultIfEmpty().Max();
    }

    private static Learner LearnerOf(string kind) => kind switch
    {
        MemberKinds.Ridge => new RidgeLearner(),
        MemberKinds.Mlp => new MlpLearner(),
        MemberKinds.Trees => new TreesLearner(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no learner of this kind."),
    };

    private Member Refit(Learner learner)
    {
        task.Cancellation.ThrowIfCancellationRequested();
        if (!final.TryGetValue(learner, out var member))
            final[learner] = member = Kept(learner, "final", _ => true, () => learner.Refit(task, FitRows));
        return member;
    }

    private Member Kept(Learner learner, string step, Func<Member, bool> resume, Func<Member> fit)
    {
        if (checkpoints?.Find(learner.Kind, step, task) is { } kept && resume(kept))
            return kept;
        var member = fit();
        // Only what a next start can go on from.
        if (resume(member))
            checkpoints?.Keep(member, step, task);
        return member;
    }

    private void Add(Learner learner)
    {
        task.Report($"{learner.Kind}: fitting", 0);
        var member = Kept(learner, "first", learner.Resume, () => learner.Fit(task, Split.Train, Split.Validation));
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
        var slope = Calibration.Slope(Data, raw, targets, layout);
        var composer = new Composer(layout, Data.Header.CostPerFill, slope, targets.Ranges);
        var forecasts = ForecastTable.Of(Data, layout, raw, composer, intervals: null);
        var intervals = Calibration.Intervals(Data, layout, forecasts, options.Coverage);
        Candidates.Add(new Candidate(name, learners, slope, intervals, forecasts.Losses(Data)));
    }
}
