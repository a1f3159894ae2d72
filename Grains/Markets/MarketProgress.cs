namespace Hts.Markets;

/// <summary>What a market must remember across a crash beside its tables.</summary>
[GenerateSerializer, Alias("hts.market-progress")]
public sealed class MarketProgress
{
    /// <summary>
    /// Unix ms; set before stored bars from this instant on change, until all slot rows after it are stored anew and the holes that
    /// came to have bars are marked so. Null when rows and marks agree with the bars.
    /// </summary>
    [Id(0)] public long? RebuildFrom { get; set; }
}
