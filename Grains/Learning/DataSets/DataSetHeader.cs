using Hts.Models;

namespace Hts.DataSets;

/// <summary>What a data set was made with; stands in the file's metadata and goes on into the model.</summary>
/// <param name="FeatureSchemaHash">Hash of the feature schema.</param>
/// <param name="FeatureCount">Length of each row's features.</param>
/// <param name="EmbeddingColumns">Leading columns that are embeddings: they get a penalty of their own.</param>
/// <param name="OverlapMs">How far back features look, ms: parts of a split keep at least that and a slot apart.</param>
/// <param name="Strategies">Names of the strategies, in the set's order; both holds are among them.</param>
/// <param name="StrategySetHash">Hash of the strategies with their parameters.</param>
/// <param name="CostPerFill">Fraction of the price.</param>
/// <param name="BarMs">Length of a bar, ms.</param>
/// <param name="SlotMs">Length of a slot, ms.</param>
public sealed record DataSetHeader(
    string FeatureSchemaHash,
    int FeatureCount,
    int EmbeddingColumns,
    long OverlapMs,
    IReadOnlyList<string> Strategies,
    string StrategySetHash,
    double CostPerFill,
    long BarMs,
    long SlotMs)
{
    public int StrategyCount => Strategies.Count;

    /// <summary>Strategies that keep a state: all but the two holds.</summary>
    public int ActiveCount => new TargetLayout(Strategies).ActiveCount;

    /// <summary>The rule that a header breaks, or null.</summary>
    internal string? BrokenRule()
    {
        if (FeatureCount is < 1 or > 100_000)
            return $"{FeatureCount} features; 1 to 100,000 are allowed";
        if (EmbeddingColumns < 0 || EmbeddingColumns > FeatureCount)
            return $"{EmbeddingColumns} embedding columns of {FeatureCount} features";
        if (OverlapMs < 0)
            return $"an overlap of {OverlapMs} ms";
        if (!(CostPerFill is >= 0 and < 1))
            return $"a cost of {CostPerFill} a fill";
        if (BarMs < 1 || SlotMs < BarMs || SlotMs % BarMs != 0)
            return $"bars of {BarMs} ms in slots of {SlotMs} ms";
        try
        {
            _ = new TargetLayout(Strategies);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }
}
