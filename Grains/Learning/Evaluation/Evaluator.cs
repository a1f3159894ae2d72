using System.Globalization;
using System.Runtime.ExceptionServices;
using Hts.DataSets;
using Hts.Features;
using Hts.Models;
using Hts.Scores;
using Hts.Time;
using Hts.Training;

namespace Hts.Evaluation;

/// <summary>
/// Proves a system on history before it is believed: the data set is made, models are trained, promoted and asked as they would have been
/// live, and everything they said out of sample is scored with day-block bootstrap intervals. Equal data and seed give equal figures.
/// </summary>
public sealed class Evaluator
{
    private static readonly string[] Costs = ["5", "1", "0.5"];

    private readonly FeatureSchema schema;
    private readonly EvaluationOptions options;
    private readonly TrainingOptions training;
    private readonly TimeProvider time;

    /// <exception cref="ArgumentException">An option is not allowed.</exception>
    public Evaluator(FeatureSchema schema, EvaluationOptions options, TrainingOptions training, TimeProvider time)
    {
        options.Validate();
        training.Validate();
        (this.schema, this.options, this.training, this.time) = (schema, options, training, time);
    }

    /// <exception cref="EvaluationException">There is too little history; the message says how much is needed.</exception>
    public async Task<EvaluationReport> Run(
        EvaluationRequest request, IProgress<EvaluationStep>? progress = null, CancellationToken cancellation = default)
    {
        var started = time.GetTimestamp();
        void Tell(string stage, double share) => progress?.Report(new(stage, share));
        Tell("making the data set", 0);
        var memory = new RowMemory(DataSetBuilder.HeaderOf(schema));
        var summary = await new DataSetBuilder(schema).Build(memory, request.Sources, request.Leader, request.UntilTs, cancellation);
        Tell($"{summary.Rows} rows, {summary.LeftOut.Values.Sum()} windows left out", 1);
        try
        {
            var report = await Task.Run(() => Evaluate(InOrderOfTime(memory.Data), summary, Tell, cancellation), cancellation);
            return report with { Seconds = time.GetElapsedTime(started).TotalSeconds };
        }
        catch (AggregateException e) when (e.InnerExceptions is [EvaluationException only, ..])
        {
            ExceptionDispatchInfo.Throw(only);
            throw;
        }
    }

    private EvaluationReport Evaluate(DataSet data, DataSetSummary summary, Action<string, double> tell, CancellationToken cancellation)
    {
        var plan = FoldPlan.Make(data, options, training);
        var walk = new WalkForward(data, plan, options, training, time).Run(tell, cancellation);
        tell("scoring", 0);
        var days = new WalkDays(walk);
        var champions = new ChampionWalk(walk, days, options.Gate, options.Intervals);
        champions.Run();
        var bootstrap = new DayBlockBootstrap(days.ScoredStarts.Count, options.Draws, (ulong)options.Seed);
        var scorer = new SkillScorer(walk.Layout, bootstrap);
        var policies = Costs.Select(cost => new PolicyReport(cost, walk, days, champions.Served, options, bootstrap)).ToArray();
        var table = new SkillTable(walk, champions.Served, days.Scored);
        int[] symbols = [.. Enumerable.Range(0, data.Symbols.Count)];
        var pooled = scorer.Score(table, symbols);
        var report = new EvaluationReport
        {
            Findings = [],
            Slots = walk.Data.Count - walk.ScoredFrom,
            Symbols = [.. data.Symbols.Order(StringComparer.Ordinal)],
            From = Timestamps.Iso(plan.ScoredFromTs),
            To = Timestamps.Iso(data.BaseTs[^1] + data.Header.SlotMs),
            Days = days.ScoredStarts.Count,
            Model = champions.Spans,
            Gate = champions.Steps,
            Pooled = pooled.Pooled,
            Strategies = pooled.Strategies,
            BySymbol = symbols.OrderBy(s => data.Symbols[s], StringComparer.Ordinal)
                .ToDictionary(s => data.Symbols[s], s => SymbolSkill.Of(scorer.Score(table, [s])), StringComparer.Ordinal),
            ByMonth = Months.Of(walk, days, table, policies, options),
            Members = walk.Recipes.ToDictionary(r => r.Name, r => SkillOf(r, walk, days, scorer, policies), StringComparer.Ordinal),
            Coverage = new IntervalWalk(walk.Data, walk.Layout, champions.Served, options.Intervals).Run(walk.ScoredFrom),
            Policy = policies.ToDictionary(p => p.CostBps, p => p.Measures(), StringComparer.Ordinal),
            Risk = policies.ToDictionary(p => p.CostBps, p => p.Risk(), StringComparer.Ordinal),
            Curves = [.. policies.SelectMany(p => p.Curves())],
            Calibration = CalibrationCurve.Of(walk, days, champions.Served, bootstrap),
            Ablation = options.Ablation && options.Members.Contains(MemberKinds.Ridge)
                ? new Ablations(data, schema, plan, options, training, time).Run(scorer, tell, cancellation)
                : [],
            Labels = LabelFacts.Of(data, walk.Layout),
            Rows = summary.RowsBySymbol.ToDictionary(),
            LeftOut = summary.LeftOut.ToDictionary(),
            BackfilledTextRows = summary.BackfilledTextRows,
            Trainings = [.. walk.Folds.Select(FactsOf)],
            Options = OptionsByName(),
        };
        return report with { Findings = Findings.Of(report) };
    }

    private static MemberSkill SkillOf(RecipeForecasts recipe, Walk walk, WalkDays days, SkillScorer scorer, PolicyReport[] policies)
    {
        int[] symbols = [.. Enumerable.Range(0, walk.Data.Symbols.Count)];
        var skill = scorer.Score(new SkillTable(walk, recipe, days.Scored), symbols).Pooled;
        return new MemberSkill(
            skill.GrossIc, skill.GrossR2, skill.SidesR2, skill.NetR2, skill.NetR2VsCond,
            policies.ToDictionary(p => p.CostBps, p => p.OfRecipe(recipe.Name), StringComparer.Ordinal));
    }

    private static TrainingFacts FactsOf(FoldResult fold) => new(
        Timestamps.Iso(fold.Fold.TrainTs), Timestamps.Iso(fold.Fold.FromTs), fold.Rows, fold.Chosen, fold.ChosenReason, fold.Slopes, fold.Skipped,
        fold.Placebos);

    private Dictionary<string, string> OptionsByName() => new(StringComparer.Ordinal)
    {
        ["members"] = string.Join(',', options.Members),
        ["retrainDays"] = options.RetrainDays.ToString(CultureInfo.InvariantCulture),
        ["startDays"] = options.StartDays.ToString(CultureInfo.InvariantCulture),
        ["windowDays"] = options.WindowDays.ToString(CultureInfo.InvariantCulture),
        ["trainingDelaySlots"] = options.TrainingDelaySlots.ToString(CultureInfo.InvariantCulture),
        ["barSeconds"] = (schema.Grid.BarMs / 1000).ToString(CultureInfo.InvariantCulture),
        ["slotSeconds"] = (schema.Grid.SlotMs / 1000).ToString(CultureInfo.InvariantCulture),
        ["minNetBp"] = options.Selection.MinNetBp.ToString(CultureInfo.InvariantCulture),
        ["minSides"] = options.Selection.MinSides.ToString(CultureInfo.InvariantCulture),
        ["draws"] = options.Draws.ToString(CultureInfo.InvariantCulture),
        ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        ["featureSchema"] = schema.Hash,
        ["strategySet"] = schema.Strategies.Hash,
    };

    private static DataSet InOrderOfTime(DataSet data)
    {
        var rows = Enumerable.Range(0, data.Count).ToArray();
        var ts = data.BaseTs.ToArray();
        Array.Sort(rows, (a, b) => ts[a] != ts[b] ? ts[a].CompareTo(ts[b]) : a.CompareTo(b));
        return data.Choose(rows);
    }
}
