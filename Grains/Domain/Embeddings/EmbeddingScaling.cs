namespace Hts.Embeddings;

/// <summary>Brings embeddings of any source to one scale, so that a learner may compare them.</summary>
public static class EmbeddingScaling
{
    /// <summary>Scales in place; all zeros stay so.</summary>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static void Apply(Span<float> values, EmbeddingScale scale)
    {
        double norm = 0;
        foreach (var value in values)
            norm += scale == EmbeddingScale.UnitSum ? Math.Abs(value) : (double)value * value;
        if (!double.IsFinite(norm))
            throw new ArgumentException("An embedding's values are finite, one of these is not.", nameof(values));
        if (norm == 0)
            return;
        if (scale == EmbeddingScale.UnitLength)
            norm = Math.Sqrt(norm);
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(values[i] / norm);
    }
}
