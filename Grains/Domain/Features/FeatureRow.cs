using Hts.Embeddings;

namespace Hts.Features;

/// <summary>Puts a full row together, live and in data sets alike, and names it by a hash.</summary>
public static class FeatureRow
{
    /// <summary>Writes the row of one symbol and instant of decision.</summary>
    /// <param name="baseTs">Instant of decision, Unix ms UTC.</param>
    /// <param name="market">What <see cref="SymbolFeatures.TryRead"/> gave for that instant, <see cref="FeatureSchema.MarketCount"/> values.</param>
    /// <param name="leader">
    /// What <see cref="SymbolFeatures.TryReadReturns"/> of the leading symbol gave for the same instant; empty when there is none, and for
    /// the leading symbol itself.
    /// </param>
    /// <param name="a">Embedding of text A, or none.</param>
    /// <param name="b">Embedding of text B, or none.</param>
    /// <param name="row"><see cref="FeatureSchema.Count"/> values, all overwritten.</param>
    /// <exception cref="ArgumentException">A length does not fit, or an embedding was not known at <paramref name="baseTs"/>.</exception>
    public static void Compose(
        FeatureSchema schema,
        long baseTs,
        ReadOnlySpan<float> market,
        ReadOnlySpan<float> leader,
        Embedding? a,
        Embedding? b,
        Span<float> row)
    {
        Check(market.Length == schema.MarketCount, nameof(market), schema.MarketCount, market.Length);
        Check(leader.IsEmpty || leader.Length == FeatureSchema.LeaderReturns, nameof(leader), FeatureSchema.LeaderReturns, leader.Length);
        Check(row.Length == schema.Count, nameof(row), schema.Count, row.Length);

        var ages = schema.Ages.Of(row);
        Embed(a, baseTs, schema.Grid.SlotMs, schema.EmbeddingA.Of(row), ages[..2]);
        Embed(b, baseTs, schema.Grid.SlotMs, schema.EmbeddingB.Of(row), ages[2..]);
        market.CopyTo(row[schema.MarketOffset..]);

        var leaders = schema.Leader.Of(row);
        leaders.Clear();
        leader.CopyTo(leaders);
        leaders[^1] = leader.IsEmpty ? 0 : 1;
    }

    /// <summary>Makes a row the one that <see cref="Compose"/> gives without embeddings: their flags and ages go with them.</summary>
    public static void ClearTexts(FeatureSchema schema, Span<float> row)
    {
        foreach (var block in schema.Texts)
            block.Of(row).Clear();
    }

    /// <summary>Sixteen hex digits of a 64-bit hash over the values' bits: equal rows have equal hashes on every machine.</summary>
    public static string Hash(ReadOnlySpan<float> row)
    {
        var hash = 0x9e3779b97f4a7c15 ^ (ulong)row.Length;
        foreach (var value in row)
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 0xff51afd7ed558ccd;
            hash ^= hash >> 32;
        }

        hash *= 0xc4ceb9fe1a85ec53;
        return (hash ^ (hash >> 33)).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Embed(Embedding? embedding, long baseTs, long slotMs, Span<float> values, Span<float> age)
    {
        if (embedding is null)
        {
            values.Clear();
            age.Clear();
            return;
        }

        if (!embedding.IsKnownAt(baseTs))
            throw new ArgumentException(
                $"An embedding of {embedding.BaseTs}, known at {embedding.KnownAtMs}, does not belong into the row of {baseTs}.", nameof(embedding));
        Check(embedding.Values.Length == values.Length, nameof(embedding), values.Length, embedding.Values.Length);
        embedding.Values.Span.CopyTo(values);
        age[0] = 1;
        age[1] = LogScale.Of((double)(baseTs - embedding.BaseTs) / slotMs, LogScale.WeekSlots);
    }

    private static void Check(bool fits, string name, int expected, int actual)
    {
        if (!fits)
            throw new ArgumentException($"{name} has {actual} values, expected {expected}.", name);
    }
}
