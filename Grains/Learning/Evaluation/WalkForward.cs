using Hts.DataSets;
using Hts.Models;
using Hts.Splits;
using Hts.Training;

namespace Hts.Evaluation;

/// <summary>
/// Trains again and again on what was known by then and forecasts the slots up to the next training, through the very classes that train
/// and serve live. A training knows rows whose outcome had ended, a purge before the first slot it serves.
/// </summary>
internal sealed class WalkForward
{
    private readonly DataSet data;
    private readonly FoldPlan plan;
    private readonly EvaluationOptions options;
    private readonly TrainingOptions training;
    private readonly TargetLayout layout;
    private readonly TimeProvider time;
    private readonly long purgeMs;

    /// <param name="data">Rows in order of time.</param>
    public WalkForward(DataSet data, FoldPlan plan, EvaluationOptions options, TrainingOptions training, TimeProvider time)
    {
        this.data = data;
        this.plan = plan;
        this.options = options;
        this.training = training;
        this.time = time;
        layout = new TargetLayout(data.Header.Strategies);
        purgeMs = PurgedSplit.PurgeMs(data.Header.SlotMs, data.Header.OverlapMs);
    }

    /// <param name="report">Told of each training that is done: a line and the share done.</param>
    public Walk Run(Action<string, double> report, CancellationToken cancellation)
    {
        var firstRow = data.RowAt(plan.Folds[0].FromTs);
        var rows = data.Count - firstRow;
        RecipeForecasts[] recipes = [.. Recipes.Of(options.Members).Select(name => new RecipeForecasts(name, rows, layout.StrategyCount))];
        var results = new FoldResult[plan.Folds.Count];
        var done = 0;
        var work = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellation };
        // The longest first, so that no core waits at the end; each fold writes rows of its own.
        Parallel.For(0, results.Length, work, i =>
        {
            var at = results.Length - 1 - i;
            results[at] = Train(plan.Folds[at], recipes, firstRow, cancellation);
            var count = Interlocked.Increment(ref done);
            report($"training {count} of {results.Length}: {results[at].Rows} rows, {results[at].Elapsed.TotalSeconds:0.0} s", (double)count / results.Length);
        });
        var walked = data.Choose([.. Enumerable.Range(firstRow, rows)]);
        return new Walk(walked, layout, data.RowAt(plan.ScoredFromTs) - firstRow, recipes, results);
    }

    /// <summary>What a training fits on and what it validates on; it is tested by what comes after it.</summary>
    public static PurgedSplit Cut(DataSet known, TrainingOptions training) => PurgedSplit.Make(
        known.BaseTs, PurgedSplit.PurgeMs(known.Header.SlotMs, known.Header.OverlapMs),
        new SplitOptions { ValidationShare = training.Split.ValidationShare, TestShare = 0 });

    private FoldResult Train(Fold fold, RecipeForecasts[] recipes, int firstRow, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var known = fold.Known(data, options, training);
        var (placebos, leak) = options.Placebos ? Placebo.Run(known, purgeMs, options.Seed, training, cancellation) : ([], null);
        var request = new TrainingRequest("", "", options.Members, options.Seed);
        var bench = new Bench(known, Cut(known, training), purgeMs, request, training, (_, _) => { }, cancellation);
        bench.Fit(options.Members);
        var (chosen, reason) = bench.Choose(options.Members);

        var means = TrainingMeans.Of(known, bench.FitRows);
        var served = data.Choose(data.Rows(fold.FromTs, fold.ToTs));
        var at = data.RowAt(fold.FromTs) - firstRow;
        var facts = FactsOf(known, bench, means);
        var models = bench.Candidates.ToDictionary(c => c.Name, c => bench.Finish(c, facts), StringComparer.Ordinal);
        var tables = models.ToDictionary(m => m.Key, m => ForecastTable.Of(served, m.Value, All(served)), StringComparer.Ordinal);
        var novelty = Novelty(served, models.Values.FirstOrDefault(m => m.Space is not null));
        tables[Recipes.Mean] = ForecastTable.Mean(served, All(served), means);
        tables[Recipes.Zero] = ForecastTable.Zero(All(served), layout.StrategyCount);
        foreach (var recipe in recipes)
        {
            var name = tables.ContainsKey(recipe.Name) ? recipe.Name : Fallback(recipe.Name, bench);
            Put(tables[name], recipe, at);
            if (models.GetValueOrDefault(name)?.Space is not null)
                novelty.CopyTo(recipe.Novelty, at);
        }
        return new FoldResult(
            fold, known.Count, chosen.Name, reason, bench.Candidates.ToDictionary(c => c.Name, c => c.Slope, StringComparer.Ordinal), bench.Skipped,
            GatePlacebos.Of(placebos, leak), time.GetElapsedTime(started));
    }

    /// <summary>Without an average, the one member that passed is it; without a member, <c>cond</c> stands in.</summary>
    private static string Fallback(string name, Bench bench)
    {
        var passed = bench.Candidates.Skip(1).FirstOrDefault(c => c.Loss <= bench.Cond.Loss);
        return name == MemberKinds.Average && passed is not null ? passed.Name : MemberKinds.Cond;
    }

    /// <summary>One space serves all members of a training.</summary>
    private static double[] Novelty(DataSet served, Model? model)
    {
        var novelty = new double[served.Count];
        if (model is not { Space: { } space, Scaler: { } scaler })
            return novelty;
        var scaled = new float[scaler.Count];
        for (var row = 0; row < novelty.Length; row++)
        {
            scaler.Apply(served.Features.Row(row), scaled);
            novelty[row] = space.Novelty(scaled);
        }
        return novelty;
    }

    private static void Put(ForecastTable table, RecipeForecasts recipe, int firstRow)
    {
        table.Gross.CopyTo(recipe.Gross, firstRow * recipe.Strategies);
        table.Sides.CopyTo(recipe.Sides, firstRow * recipe.Strategies);
        table.Net.CopyTo(recipe.Net, firstRow * recipe.Strategies);
        table.Lower.CopyTo(recipe.Lower, firstRow * recipe.Strategies);
        table.Upper.CopyTo(recipe.Upper, firstRow * recipe.Strategies);
    }

    private ModelFacts FactsOf(DataSet known, Bench bench, TrainingMeans means) => new()
    {
        Strategies = data.Header.Strategies,
        StrategySetHash = data.Header.StrategySetHash,
        FeatureSchemaHash = data.Header.FeatureSchemaHash,
        FeatureCount = data.Header.FeatureCount,
        CostPerFill = data.Header.CostPerFill,
        SlotMs = data.Header.SlotMs,
        TrainedFromTs = known.BaseTs[0],
        TrainedUntilTs = known.BaseTs[^1] + data.Header.SlotMs,
        MeanNet = means.NetReturn,
        Rows = bench.FitRows.Length,
        Symbols = data.Symbols,
        Seed = options.Seed,
    };

    private static int[] All(DataSet served) => [.. Enumerable.Range(0, served.Count)];
}
