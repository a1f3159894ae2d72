using Hts.DataSets;
using Hts.Features;
using Hts.Models;

namespace Hts.Artefacts;

/// <summary>What a running system needs of a model; anything else would be fed the wrong numbers or misread.</summary>
/// <param name="FeatureSchemaHash">Hash of the schema the features are made by.</param>
/// <param name="FeatureCount">Number of features.</param>
/// <param name="Strategies">Names in the order of the strategy set.</param>
/// <param name="StrategySetHash">Hash of the strategies with their parameters and costs.</param>
/// <param name="SlotMs">Length of a slot, ms.</param>
public sealed record ModelExpectations(
    string FeatureSchemaHash, int FeatureCount, IReadOnlyList<string> Strategies, string StrategySetHash, long SlotMs)
{
    /// <summary>Embedding columns that every row of features begins with; a net of embeddings must take as many.</summary>
    public int EmbeddingColumns { get; init; }

    /// <summary>Cost of one fill, a fraction of the price.</summary>
    public double CostPerFill { get; init; }

    /// <summary>What a system that makes its features by <paramref name="schema"/> needs.</summary>
    public static ModelExpectations Of(FeatureSchema schema) =>
        new(schema.Hash, schema.Count, schema.Strategies.Names, schema.Strategies.Hash, schema.Grid.SlotMs)
        {
            EmbeddingColumns = schema.EmbeddingB.End,
            CostPerFill = schema.Strategies.CostPerFill,
        };

    /// <summary>What a system that made a data set needs.</summary>
    internal static ModelExpectations Of(DataSetHeader header) =>
        new(header.FeatureSchemaHash, header.FeatureCount, header.Strategies, header.StrategySetHash, header.SlotMs)
        {
            EmbeddingColumns = header.EmbeddingColumns,
            CostPerFill = header.CostPerFill,
        };

    /// <exception cref="ModelMisfitException">The model is made for something else; the message names it.</exception>
    public void Check(ModelFacts facts)
    {
        Expect("feature schema", FeatureSchemaHash, facts.FeatureSchemaHash);
        Expect("number of features", FeatureCount, facts.FeatureCount);
        Expect("list of strategies", string.Join(',', Strategies), string.Join(',', facts.Strategies));
        Expect("hash of strategies", StrategySetHash, facts.StrategySetHash);
        Expect("slot length in ms", SlotMs, facts.SlotMs);
    }

    private static void Expect<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new ModelMisfitException($"The model's {what} is {actual}; this system has {expected}.");
    }
}
