using Hts.Embeddings;

namespace Hts.Audits;

/// <summary>
/// Which embeddings a past row could have known, as far as the table tells. An embedding is never replaced, but a stored row that holds
/// both texts is known since the later one came: which of them came earlier, and when, is not on record.
/// </summary>
/// <param name="rows">One symbol's, ascending by base_ts.</param>
internal sealed class EmbeddingHistory(IReadOnlyList<EmbeddingRow> rows)
{
    // As many as a live shelf keeps.
    private const int LateOnes = 8;

    /// <summary>What a row of <paramref name="baseTs"/> may have been made of.</summary>
    public IEnumerable<(Embedding? A, Embedding? B)> Known(long baseTs) =>
        from a in Choices(baseTs, e => e.A, late: e => e.B is not null)
        from b in Choices(baseTs, e => e.B, late: e => e.A is not null)
        where a is null || a != b || a.KnownAt <= baseTs
        select Pair(baseTs, a, b);

    /// <summary>What it could have been made of besides if it had known what came after <paramref name="baseTs"/>.</summary>
    public IEnumerable<(Embedding? A, Embedding? B)> Foreknown(long baseTs) =>
        from a in Choices(baseTs, e => e.A, late: _ => true)
        from b in Choices(baseTs, e => e.B, late: _ => true)
        where a?.KnownAt > baseTs || b?.KnownAt > baseTs
        select Pair(baseTs, a, b);

    /// <summary>The newest embedding that was known, or none, and before it the newer ones that came late, where they count.</summary>
    private IEnumerable<EmbeddingRow?> Choices(long baseTs, Func<EmbeddingRow, float[]?> values, Func<EmbeddingRow, bool> late)
    {
        var taken = 0;
        for (var i = Until(baseTs) - 1; i >= 0; i--)
        {
            var row = rows[i];
            if (values(row) is null)
                continue;
            if (row.KnownAt <= baseTs)
            {
                yield return row;
                yield break;
            }
            if (taken < LateOnes && late(row))
            {
                taken++;
                yield return row;
            }
        }
        yield return null;
    }

    /// <summary>Number of rows up to an instant, its own included.</summary>
    private int Until(long baseTs)
    {
        int low = 0, high = rows.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rows[middle].BaseTs <= baseTs)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static (Embedding? A, Embedding? B) Pair(long baseTs, EmbeddingRow? a, EmbeddingRow? b) =>
        (Of(baseTs, a, a?.A), Of(baseTs, b, b?.B));

    // As if it had been known by then: that it may not have been is what the caller asks about.
    private static Embedding? Of(long baseTs, EmbeddingRow? row, float[]? values) =>
        row is null ? null : new Embedding(row.BaseTs, Math.Min(row.KnownAt, baseTs), values);
}
