namespace Hts.History;

/// <summary>What happened on a symbol's feed; counted by the hour.</summary>
/// <param name="LateTrades">Trades that came after their bar was closed.</param>
/// <param name="Duplicates">Trades that came again.</param>
/// <param name="Invalid">Messages that broke a rule.</param>
/// <param name="RepairedTrades">Trades fetched later because the stream had not brought them.</param>
/// <param name="Outages">Times that the feed was lost.</param>
[GenerateSerializer, Immutable, Alias("hts.tally")]
public sealed record TallyMessage(
    [property: Id(0)] long LateTrades,
    [property: Id(1)] long Duplicates,
    [property: Id(2)] long Invalid,
    [property: Id(3)] long RepairedTrades,
    [property: Id(4)] long Outages);
