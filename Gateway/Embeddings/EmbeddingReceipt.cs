using Hts.Json;

namespace Hts.Embeddings;

/// <summary>What was stored.</summary>
internal sealed record EmbeddingReceipt(string Symbol, UtcTime BaseTs, string Model);
