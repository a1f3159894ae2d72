using Hts.Artefacts;
using Hts.Forecasts;
using Hts.Models;

namespace Hts.Tests;

/// <summary>Models with random numbers in them, made without training.</summary>
internal static class SampleModels
{
    public const int Features = 20;

    public static Model Create(int seed, params string[] members)
    {
        var random = new Random(seed);
        var layout = new TargetLayout(PlantedMarket.Strategies);
        double[] Doubles(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        float[] Floats(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        Member ToMember(string kind) => kind switch
        {
            MemberKinds.Ridge => new Ridge(Floats(layout.OutputCount * Features), Doubles(layout.OutputCount)),
            MemberKinds.Trees => SampleTrees(random, layout.OutputCount),
            _ => new Mlp(
                [new MlpLayer(Features, 8, Floats(8 * Features), Floats(8)), new MlpLayer(8, layout.OutputCount, Floats(8 * layout.OutputCount), Floats(layout.OutputCount))],
                Doubles(layout.OutputCount),
                Doubles(layout.OutputCount)),
        };
        var facts = new ModelFacts
        {
            Strategies = PlantedMarket.Strategies,
            StrategySetHash = "strategies-1",
            FeatureSchemaHash = "schema-1",
            FeatureCount = Features,
            CostPerFill = 0.0005,
            SlotMs = PlantedMarket.SlotMs,
            TrainedFromTs = 0,
            TrainedUntilTs = 600_000_000,
            MeanNet = Doubles(6),
            Rows = 1000,
            Symbols = ["AAA", "BBB"],
            Seed = seed,
        };
        OutputRange[] ranges = [.. Enumerable.Range(0, layout.OutputCount).Select(t => t < layout.GrossCount ? new OutputRange(-3, 3) : new OutputRange(0, 6))];
        var intervals = new IntervalTable([.. Doubles(12).Select(d => d - 1)], [.. Doubles(12).Select(d => d + 1)]);
        return new Model(
            facts, new CondTable(Doubles(2 * layout.OutputCount)), [.. members.Select(ToMember)],
            members.Length == 0 ? null : new Scaler(Floats(Features), Floats(Features)), 0.6, ranges, intervals);
    }

    /// <summary>Three trees an output, each of a random shape.</summary>
    public static Trees SampleTrees(Random random, int outputs)
    {
        List<int> treeOutputs = [], roots = [], features = [], children = [];
        List<float> values = [];
        for (var tree = 0; tree < 3 * outputs; tree++)
        {
            treeOutputs.Add(tree % outputs);
            roots.Add(features.Count);
            var first = features.Count;
            var end = first + 1;
            for (var node = first; node < end; node++)
            {
                var splits = end - first < 9 && random.Next(3) > 0;
                features.Add(splits ? random.Next(Features) : -1);
                children.Add(splits ? end : 0);
                values.Add(random.NextSingle() - 0.5f);
                end += splits ? 2 : 0;
            }
        }
        return new Trees(
            Features, [.. Enumerable.Range(0, outputs).Select(_ => random.NextDouble())], [.. treeOutputs], [.. roots], [.. features], [.. children], [.. values]);
    }

    public static byte[] Artefact(int seed, params string[] members) => ModelArtefact.Write(Create(seed, members), new Dictionary<string, double>());

    public static ForecastInput[] Inputs(int count, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new ForecastInput(
            [.. Enumerable.Range(0, Features).Select(_ => (random.NextSingle() - 0.5f) * 4)],
            0.001 + (random.NextDouble() * 0.005),
            [.. Enumerable.Range(0, 4).Select(_ => (sbyte)(random.Next(3) - 1))]))];
    }

    public static Forecast[] Predict(Model model, ForecastInput[] inputs)
    {
        using var runner = model.CreateRunner(inputs.Length);
        var forecasts = new Forecast[inputs.Length];
        runner.Predict(inputs, forecasts);
        return forecasts;
    }

    /// <summary>True when two forecasts agree to the bit.</summary>
    public static bool Same(Forecast a, Forecast b) =>
        a.Net.AsSpan().SequenceEqual(b.Net) && a.Lower.AsSpan().SequenceEqual(b.Lower) && a.Upper.AsSpan().SequenceEqual(b.Upper)
        && a.Gross.AsSpan().SequenceEqual(b.Gross) && a.Sides.AsSpan().SequenceEqual(b.Sides);
}
