namespace Hts.Markets;

/// <summary>What a market must remember across a crash beside its tables.</summary>
[GenerateSerializer, Alias("hts.market-progress")]
public sealed class MarketProgress
{
    /// <summary>
    /// Unix ms; set before stored bars from this instant on change, until all slot rows after it are stored anew. Null when the stored
    /// rows agree with the bars.
    /// </summary>
    [Id(0)] public long? RebuildFrom { get; set; }
}
