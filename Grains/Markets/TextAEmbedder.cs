using Hts.Bars;
using Hts.Embeddings;

namespace Hts.Markets;

/// <summary>The built-in embedder of text A. A pure function of the bars, so its embeddings are known at the instant they describe.</summary>
internal sealed class TextAEmbedder(string symbol)
{
    private static readonly HashingEmbedder Hashing = new();
    private readonly MarketText text = new();

    public static string Model => Hashing.Model;

    /// <param name="bars">The newest bars up to <paramref name="baseTs"/>, oldest first.</param>
    public (Embedding Embedding, string Text) Embed(long baseTs, ReadOnlySpan<Bar> bars)
    {
        var written = text.Write(symbol, bars);
        var values = new float[HashingEmbedder.Dimensions];
        Hashing.Embed(written, values);
        return (new Embedding(baseTs, baseTs, values), written.ToString());
    }
}
