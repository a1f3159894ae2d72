using Hts.DataSets;
using Hts.Features;
using Hts.Models;
using Hts.Training;

namespace Hts.Evaluation;

/// <summary>What groups of features are worth: the walk once more by the linear member alone, each group left out in turn.</summary>
internal sealed class Ablations(DataSet data, FeatureSchema schema, FoldPlan plan, EvaluationOptions options, TrainingOptions training, TimeProvider time)
{
    private IEnumerable<(string? Name, IReadOnlyList<FeatureBlock> Blocks)> Groups =>
    [
        (null, []),
        ("embeddings", schema.Texts),
        ("prices", [schema.Prices, schema.Leader]),
        ("signals", [schema.Signals, schema.History]),
    ];

    public IReadOnlyList<AblationResult> Run(SkillScorer scorer, Action<string, double> report, CancellationToken cancellation)
    {
        List<AblationResult> results = [];
        SkillTable? all = null;
        int[] symbols = [.. Enumerable.Range(0, data.Symbols.Count)];
        foreach (var (name, blocks) in Groups)
        {
            report(name is null ? "ablation: all features" : $"ablation: without {name}", 0);
            var reduced = blocks.Count == 0 ? data : Without(blocks);
            var walk = new WalkForward(reduced, plan, LinearOnly(), training, time).Run((_, _) => { }, cancellation);
            var table = new SkillTable(walk, walk[MemberKinds.Ridge], new WalkDays(walk).Scored);
            all ??= table;
            var pooled = scorer.Score(table, symbols).Pooled;
            results.Add(new AblationResult(
                name, reduced.Header.FeatureCount, pooled.GrossIc, pooled.SidesR2, pooled.NetR2, pooled.NetR2VsCond,
                ReferenceEquals(all, table) ? Measure.None : scorer.IcDifference(all, table, symbols)));
        }
        return results;
    }

    private EvaluationOptions LinearOnly() => new()
    {
        RetrainDays = options.RetrainDays,
        StartDays = options.StartDays,
        WindowDays = options.WindowDays,
        TrainingDelaySlots = options.TrainingDelaySlots,
        Members = [MemberKinds.Cond, MemberKinds.Ridge],
        Placebos = false,
        Seed = options.Seed,
        Parallel = options.Parallel,
    };

    /// <summary>The same rows with fewer features.</summary>
    private DataSet Without(IReadOnlyList<FeatureBlock> blocks)
    {
        int[] kept = [.. Enumerable.Range(0, schema.Count).Where(c => !blocks.Any(b => c >= b.Offset && c < b.End))];
        var reduced = new DataSet(data.Header with
        {
            FeatureCount = kept.Length,
            EmbeddingColumns = kept.Count(c => c < data.Header.EmbeddingColumns),
        });
        var features = new float[kept.Length];
        for (var row = 0; row < data.Count; row++)
        {
            var whole = data.Features.Row(row);
            for (var i = 0; i < kept.Length; i++)
                features[i] = whole[kept[i]];
            reduced.Add(
                data.Symbols[data.Symbol[row]], data.BaseTs[row], features, data.Sigma(row), data.Standing(row), data.Gross(row), data.Sides(row));
        }
        return reduced;
    }
}
