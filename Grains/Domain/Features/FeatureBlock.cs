namespace Hts.Features;

/// <summary>Neighbouring features of one kind, so that a learner can weigh or leave out a kind as a whole.</summary>
/// <param name="Offset">Place of the first within the full row.</param>
public readonly record struct FeatureBlock(string Name, int Offset, int Count)
{
    /// <summary>Place behind the last.</summary>
    public int End => Offset + Count;

    /// <summary>The block's part of a full row.</summary>
    public Span<float> Of(Span<float> row) => row.Slice(Offset, Count);

    /// <summary>The block's part of a full row.</summary>
    public ReadOnlySpan<float> Of(ReadOnlySpan<float> row) => row.Slice(Offset, Count);
}
