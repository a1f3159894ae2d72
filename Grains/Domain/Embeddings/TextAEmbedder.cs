using Hts.Bars;
using Hts.Features;

namespace Hts.Embeddings;

/// <summary>
/// The built-in embedder of text A, live and in evaluations alike. A pure function of the bars, so its embeddings are known at the instant
/// they describe. Not safe for concurrent use.
/// </summary>
public sealed class TextAEmbedder(string symbol, FeatureSchema schema)
{
    private readonly HashingEmbedder hashing = new(schema.EmbeddingScale);
    private readonly MarketText text = new(schema.Grid);

    public string Model => hashing.Model;

    /// <param name="bars">The newest bars up to <paramref name="baseTs"/>, oldest first.</param>
    public (Embedding Embedding, string Text) Embed(long baseTs, ReadOnlySpan<Bar> bars)
    {
        var written = text.Write(symbol, bars, baseTs);
        var values = new float[HashingEmbedder.Dimensions];
        hashing.Embed(written, values);
        return (new Embedding(baseTs, baseTs, values), written.ToString());
    }
}
