namespace Hts.Markets;

/// <summary>A bar on the wire: open time and known_at in Unix ms UTC, prices in quote units, volumes in base units.</summary>
/// <param name="Trades">0 marks a known quiet interval.</param>
/// <param name="Revision">0 at first, one more each time late trades changed the bar.</param>
/// <param name="Backfilled">True when it was fetched or imported later, so that its known_at is no time of receipt.</param>
[GenerateSerializer, Immutable, Alias("hts.bar")]
public readonly record struct BarMessage(
    [property: Id(0)] long Ts,
    [property: Id(1)] double Open,
    [property: Id(2)] double High,
    [property: Id(3)] double Low,
    [property: Id(4)] double Close,
    [property: Id(5)] double Volume,
    [property: Id(6)] double TakerBuyVolume,
    [property: Id(7)] int Trades,
    [property: Id(8)] long LastTradeId,
    [property: Id(9)] long KnownAt,
    [property: Id(10)] int Revision,
    [property: Id(11)] bool Backfilled = false);
