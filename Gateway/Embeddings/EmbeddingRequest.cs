using System.Text.Json.Serialization;
using Hts.Json;

namespace Hts.Embeddings;

/// <summary>Texts and embeddings for one instant of decision. At least one embedding, each of 256 finite numbers.</summary>
/// <param name="BaseTs">A slot boundary.</param>
/// <param name="Model">Which embedder made them.</param>
/// <param name="KnownAt">When they could first have been known; on receipt when absent. Far back marks them as back-filled.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record EmbeddingRequest(
    string? Symbol, UtcTime? BaseTs, string? Model, string? TextA = null, string? TextB = null,
    float[]? EmbeddingA = null, float[]? EmbeddingB = null, UtcTime? KnownAt = null);
