namespace Hts.Markets;

/// <summary>Section "Features": what a market keeps beside its bars.</summary>
public sealed class MarketOptions
{
    /// <summary>True to embed the text of the newest bars at each slot's end with the built-in hashing embedder.</summary>
    public bool EmbedLocally { get; set; } = true;

    /// <summary>True to store the texts beside their embeddings: about 4 kB a symbol and slot.</summary>
    public bool StoreTexts { get; set; } = true;

    /// <summary>
    /// Market seconds after its stated known_at at which an ingested embedding counts as known, if it did not come in before. One that
    /// comes in later is back-filled.
    /// </summary>
    public int EmbeddingDelaySeconds { get; set; } = 60;
}
