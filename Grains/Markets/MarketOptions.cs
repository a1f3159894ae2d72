namespace Hts.Markets;

/// <summary>Section "Features": what a market keeps beside its bars.</summary>
public sealed class MarketOptions
{
    /// <summary>True to embed the text of the newest bars at each slot's end with the built-in hashing embedder.</summary>
    public bool EmbedLocally { get; set; } = true;

    /// <summary>True to store the texts beside their embeddings: about 4 kB a symbol and slot.</summary>
    public bool StoreTexts { get; set; } = true;
}
