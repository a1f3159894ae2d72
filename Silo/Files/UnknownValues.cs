namespace Hts.Files;

/// <summary>What a source does not tell of a bar: a stand-in is in its place.</summary>
[Flags]
internal enum UnknownValues
{
    None = 0,
    Trades = 1,
    TakerBuyVolume = 2,
}
