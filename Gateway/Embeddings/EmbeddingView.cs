using Hts.History;
using Hts.Json;

namespace Hts.Embeddings;

/// <summary>A stored pair of texts, and which of its embeddings are there.</summary>
/// <param name="KnownAt">Data sets give them to slots from then on; live predictions from <paramref name="ReceivedAt"/> on.</param>
/// <param name="Backfilled">True when they came in later than they state to have been known.</param>
internal sealed record EmbeddingView(
    string Symbol, UtcTime BaseTs, string? TextA, string? TextB, bool HasA, bool HasB, string Model, UtcTime KnownAt,
    UtcTime ReceivedAt, bool Backfilled)
{
    public static EmbeddingView From(EmbeddingRecord m) =>
        new(
            m.Symbol, new UtcTime(m.BaseTs), m.TextA, m.TextB, m.HasA, m.HasB, m.Model, new UtcTime(m.KnownAt),
            new UtcTime(m.ReceivedAt ?? m.KnownAt), m.ReceivedAt is not null);
}
