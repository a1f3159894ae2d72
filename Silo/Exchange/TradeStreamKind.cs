namespace Hts.Exchange;

/// <summary>Which trades a stream carries, by the part of its name after the symbol.</summary>
internal enum TradeStreamKind
{
    /// <summary>symbol@aggTrade</summary>
    Aggregates,

    /// <summary>symbol@trade</summary>
    Singles,
}
