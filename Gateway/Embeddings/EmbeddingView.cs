using Hts.History;
using Hts.Json;

namespace Hts.Embeddings;

/// <summary>A stored pair of texts, and which of its embeddings are there.</summary>
internal sealed record EmbeddingView(
    string Symbol, UtcTime BaseTs, string? TextA, string? TextB, bool HasA, bool HasB, string Model, UtcTime KnownAt)
{
    public static EmbeddingView From(EmbeddingRecord m) =>
        new(m.Symbol, new UtcTime(m.BaseTs), m.TextA, m.TextB, m.HasA, m.HasB, m.Model, new UtcTime(m.KnownAt));
}
