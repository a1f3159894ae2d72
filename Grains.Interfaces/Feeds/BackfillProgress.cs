namespace Hts.Feeds;

/// <summary>How far a symbol's history is fetched: [from, to) in Unix ms, complete up to <paramref name="AtTs"/>.</summary>
[GenerateSerializer, Immutable, Alias("hts.backfill-progress")]
public sealed record BackfillProgress([property: Id(0)] long FromTs, [property: Id(1)] long ToTs, [property: Id(2)] long AtTs);
