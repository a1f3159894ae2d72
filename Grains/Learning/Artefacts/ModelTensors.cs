using Hts.Forecasts;
using Hts.Models;

namespace Hts.Artefacts;

/// <summary>Maps a model to its tensors and its metadata and back; on the way back every size and value is checked.</summary>
internal static class ModelTensors
{
    private const int MaxLayers = 16;

    public static List<NamedTensor> From(Model model)
    {
        List<NamedTensor> tensors = [new("cond.cells", [model.Layout.OutputCount, 2], model.Cond.Cells)];
        if (model.Scaler is { } scaler)
        {
            tensors.Add(new("scaler.mean", [scaler.Count], scaler.Mean.ToArray()));
            tensors.Add(new("scaler.inverse", [scaler.Count], scaler.Inverse.ToArray()));
        }
        foreach (var member in model.Members)
            tensors.AddRange(From(member, model.Layout.OutputCount));
        if (model.Space is { } space)
            tensors.AddRange(SpaceTensors.From(space));
        return tensors;
    }

    /// <exception cref="ArtefactRefusedException">Metadata and tensors do not make a model.</exception>
    public static Model ToModel(ArtefactMetadata metadata, IReadOnlyDictionary<string, NamedTensor> tensors)
    {
        var layout = LayoutOf(metadata);
        var facts = FactsOf(metadata);
        var shelf = new TensorShelf(tensors);
        var cond = new CondTable(shelf.Doubles("cond.cells", layout.OutputCount, 2));
        var scaler = metadata.Members.Length > 0
            ? new Scaler(shelf.Singles("scaler.mean", facts.FeatureCount), shelf.Singles("scaler.inverse", facts.FeatureCount))
            : null;
        Member[] members = [.. metadata.Members.Select(kind => ToMember(kind, metadata, layout, shelf))];
        // Optional: artefacts from before it was measured have none.
        var space = scaler is null ? null : SpaceTensors.Read(tensors, shelf, facts.FeatureCount);
        shelf.ExpectEmpty();

        Length("range_low", metadata.RangeLow, layout.OutputCount);
        Length("range_high", metadata.RangeHigh, layout.OutputCount);
        Length("interval_lower", metadata.IntervalLower, 2 * layout.StrategyCount);
        Length("interval_upper", metadata.IntervalUpper, 2 * layout.StrategyCount);
        OutputRange[] ranges = [.. metadata.RangeLow.Zip(metadata.RangeHigh, (low, high) => new OutputRange(low, high))];
        Rule(Array.TrueForAll(ranges, r => r.Low <= r.High), "a range whose low end is above its high end");
        Rule(ranges.Skip(layout.GrossCount).All(r => r.Low >= 0), "a range of sides below zero");
        Rule(metadata.IntervalLower.Zip(metadata.IntervalUpper).All(q => q.First <= q.Second), "an interval whose lower end is above its upper one");
        return new Model(facts, cond, members, scaler, metadata.Slope, ranges, new IntervalTable(metadata.IntervalLower, metadata.IntervalUpper))
        {
            Space = space,
        };
    }

    private static List<NamedTensor> From(Member member, int outputs) => member switch
    {
        Ridge ridge => [new("ridge.weight", [outputs, ridge.Weights.Length / outputs], ridge.Weights), new("ridge.bias", [outputs], ridge.Bias)],
        Mlp mlp =>
        [
            .. mlp.Layers.SelectMany((l, i) => new NamedTensor[]
            {
                new($"mlp.{i}.weight", [l.Outputs, l.Inputs], l.Weights), new($"mlp.{i}.bias", [l.Outputs], l.Bias),
            }),
            new("mlp.output.mean", [outputs], mlp.OutputMean),
            new("mlp.output.scale", [outputs], mlp.OutputScale),
        ],
        Trees trees =>
        [
            new("trees.base", [outputs], trees.Base),
            new("trees.output", [trees.Outputs.Length], trees.Outputs),
            new("trees.root", [trees.Roots.Length], trees.Roots),
            new("trees.feature", [trees.Features.Length], trees.Features),
            new("trees.child", [trees.Children.Length], trees.Children),
            new("trees.value", [trees.Values.Length], trees.Values),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(member), member.Kind, "A member of this kind has no tensors."),
    };

    private static Member ToMember(string kind, ArtefactMetadata metadata, TargetLayout layout, TensorShelf shelf)
    {
        var outputs = layout.OutputCount;
        switch (kind)
        {
            case MemberKinds.Ridge:
                return new Ridge(shelf.Singles("ridge.weight", outputs, metadata.FeatureCount), shelf.Doubles("ridge.bias", outputs));
            case MemberKinds.Mlp:
                var sizes = metadata.Sizes;
                Rule(sizes.Length is > 0 and <= MaxLayers && Array.TrueForAll(sizes, s => s > 0) && sizes[^1] == outputs, $"layers of sizes [{string.Join(',', sizes)}]");
                MlpLayer[] layers = [.. sizes.Select((size, i) => ToLayer(i, i == 0 ? metadata.FeatureCount : sizes[i - 1], size, shelf))];
                return new Mlp(layers, shelf.Doubles("mlp.output.mean", outputs), shelf.Doubles("mlp.output.scale", outputs));
            case MemberKinds.Trees:
                return ToTrees(metadata.FeatureCount, outputs, shelf);
            default:
                throw new ArtefactRefusedException($"The model has a member '{kind}' that this program does not know.");
        }
    }

    private static Trees ToTrees(int featureCount, int outputs, TensorShelf shelf)
    {
        var treeOutputs = shelf.IntegersOfAnyLength("trees.output");
        var features = shelf.IntegersOfAnyLength("trees.feature");
        var trees = new Trees(
            featureCount, shelf.Doubles("trees.base", outputs), treeOutputs, shelf.Integers("trees.root", treeOutputs.Length),
            features, shelf.Integers("trees.child", features.Length), shelf.Singles("trees.value", features.Length));
        return trees.BrokenRule() is { } rule ? throw new ArtefactRefusedException($"model.safetensors: {rule}.") : trees;
    }

    private static MlpLayer ToLayer(int index, int inputs, int outputs, TensorShelf shelf) => new(
        inputs, outputs, shelf.Singles($"mlp.{index}.weight", outputs, inputs), shelf.Singles($"mlp.{index}.bias", outputs));

    private static TargetLayout LayoutOf(ArtefactMetadata metadata)
    {
        Rule(metadata.Members.Distinct().Count() == metadata.Members.Length, "a member that stands twice");
        try
        {
            return new TargetLayout(metadata.Strategies);
        }
        catch (ArgumentException e)
        {
            throw new ArtefactRefusedException($"metadata.json: {e.Message}", e);
        }
    }

    private static ModelFacts FactsOf(ArtefactMetadata metadata)
    {
        Rule(metadata.FeatureCount > 0, $"{metadata.FeatureCount} features");
        Rule(metadata.CostPerFill is >= 0 and < 1, $"a cost of {metadata.CostPerFill} a fill");
        Rule(metadata.Slope is >= 0 and <= 1, $"a slope of {metadata.Slope}");
        Rule(metadata.SlotMs > 0 && metadata.TrainedFromTs <= metadata.TrainedUntilTs, "a training span that ends before it begins");
        Length("mean_net", metadata.MeanNet, metadata.Strategies.Length);
        return new ModelFacts
        {
            Strategies = metadata.Strategies,
            StrategySetHash = metadata.StrategySetHash,
            FeatureSchemaHash = metadata.FeatureSchemaHash,
            FeatureCount = metadata.FeatureCount,
            CostPerFill = metadata.CostPerFill,
            SlotMs = metadata.SlotMs,
            TrainedFromTs = metadata.TrainedFromTs,
            TrainedUntilTs = metadata.TrainedUntilTs,
            MeanNet = metadata.MeanNet,
            Rows = metadata.Rows,
            Symbols = metadata.Symbols,
            Seed = metadata.Seed,
        };
    }

    private static void Length(string name, double[] values, int expected) =>
        Rule(values.Length == expected && Array.TrueForAll(values, double.IsFinite), $"{values.Length} values of {name}, {expected} finite ones are needed");

    private static void Rule(bool holds, string broken)
    {
        if (!holds)
            throw new ArtefactRefusedException($"metadata.json: {broken}.");
    }
}
