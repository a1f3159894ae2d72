using Hts.Artefacts;
using Hts.Features;
using Hts.Models;

namespace Hts.Load.Shadows;

/// <summary>Artefacts of the sizes that trainings make, with random weights.</summary>
internal static class RandomModel
{
    /// <param name="kinds">Members, of <see cref="MemberKinds.Ridge"/> and <see cref="MemberKinds.Mlp"/>.</param>
    public static byte[] Artefact(FeatureSchema schema, int seed, params string[] kinds)
    {
        var random = new Random(seed);
        var layout = new TargetLayout(schema.Strategies.Names);
        var outputs = layout.OutputCount;
        var facts = new ModelFacts
        {
            Strategies = schema.Strategies.Names,
            StrategySetHash = schema.Strategies.Hash,
            FeatureSchemaHash = schema.Hash,
            FeatureCount = schema.Count,
            CostPerFill = 0.0005,
            SlotMs = schema.Grid.SlotMs,
            TrainedFromTs = 0,
            TrainedUntilTs = schema.Grid.SlotMs,
            MeanNet = new double[schema.Strategies.Count],
            Rows = 1,
            Symbols = ["S0"],
            Seed = seed,
        };
        var model = new Model(
            facts,
            new CondTable(new double[2 * outputs]),
            [.. kinds.Select(kind => MemberOf(kind, random, schema.Count, outputs))],
            new Scaler(new float[schema.Count], [.. Enumerable.Repeat(1f, schema.Count)]),
            0.5,
            [.. Enumerable.Range(0, outputs).Select(t => t < layout.GrossCount ? new OutputRange(-4, 4) : new OutputRange(0, 6))],
            new IntervalTable(
                [.. Enumerable.Repeat(-1.0, 2 * layout.StrategyCount)], [.. Enumerable.Repeat(1.0, 2 * layout.StrategyCount)]));
        return ModelArtefact.Write(model, new Dictionary<string, double>());
    }

    private static Member MemberOf(string kind, Random random, int features, int outputs)
    {
        if (kind == MemberKinds.Ridge)
            return new Ridge(Floats(random, outputs * features), new double[outputs]);
        int[] sizes = [features, 256, 128, 64, outputs];
        return new Mlp(
            [.. sizes.Skip(1).Select((size, i) => new MlpLayer(sizes[i], size, Floats(random, size * sizes[i]), new float[size]))],
            new double[outputs],
            [.. Enumerable.Repeat(1.0, outputs)]);
    }

    private static float[] Floats(Random random, int count)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = (random.NextSingle() - 0.5f) * 0.1f;
        return values;
    }
}
