using System.Runtime.InteropServices;
using Hts.Bars;
using Hts.Embeddings;
using Hts.Features;

namespace Hts.DataSets;

/// <summary>The embeddings that a live market makes of its own bars where none are stored: text A at each slot's end, no text B.</summary>
public static class BarEmbeddings
{
    /// <param name="bars">All bars in ascending order.</param>
    public static IEnumerable<EmbeddingPair> Of(string symbol, List<Bar> bars, FeatureSchema schema)
    {
        if (bars.Count == 0)
            yield break;
        var embedder = new TextAEmbedder(symbol, schema);
        var grid = schema.Grid;
        var end = 0;
        for (var ts = grid.SlotOf(bars[0].Ts) + grid.SlotMs; end < bars.Count; ts += grid.SlotMs)
        {
            while (end < bars.Count && bars[end].Ts < ts)
                end++;
            // A slot that has not ended within the bars has no text, as a live market would have none yet.
            if (end == bars.Count && bars[^1].Ts + grid.BarMs < ts)
                yield break;
            var newest = CollectionsMarshal.AsSpan(bars)[Math.Max(0, end - MarketText.BarCount)..end];
            yield return new EmbeddingPair(embedder.Embed(ts, newest).Embedding, null);
        }
    }
}
