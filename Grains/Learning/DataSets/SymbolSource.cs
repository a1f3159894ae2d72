using Hts.Bars;

namespace Hts.DataSets;

/// <summary>What is stored of one symbol, to make rows from. Each stream is read once.</summary>
/// <param name="Bars">Stored bars in ascending order; intervals without one are missing.</param>
/// <param name="Embeddings">Stored embeddings in ascending order of base_ts.</param>
public sealed record SymbolSource(string Symbol, IAsyncEnumerable<Bar> Bars, IAsyncEnumerable<EmbeddingPair> Embeddings);
