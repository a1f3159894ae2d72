using Hts.Feeds;
using Hts.Markets;

namespace Hts.History;

/// <summary>How good a symbol's bars with from &lt;= ts &lt; to are; times in Unix ms.</summary>
/// <param name="State">As in <see cref="Symbols.SymbolMessage"/>, as are detail, lag and back-fill: of now, not of the span.</param>
/// <param name="ExpectedBars">
/// Intervals that ended in the span, from the symbol's first stored bar on; of a stopped symbol up to its last. The newest interval
/// is expected when the next one ended, so that a bar on its way is not missing.
/// </param>
/// <param name="Bars">Those of them that are stored.</param>
/// <param name="Lag">Null when no bar was received live.</param>
/// <param name="Hours">Every hour that the span touches up to now, ascending.</param>
/// <param name="Gaps">Marked holes that overlap the span, whole, newest last; "open" is what goes on now.</param>
[GenerateSerializer, Immutable, Alias("hts.quality")]
public sealed record QualityMessage(
    [property: Id(0)] string Symbol,
    [property: Id(1)] long FromTs,
    [property: Id(2)] long ToTs,
    [property: Id(3)] string State,
    [property: Id(4)] string Detail,
    [property: Id(5)] double? LagSeconds,
    [property: Id(6)] BackfillProgress? Backfill,
    [property: Id(7)] int ExpectedBars,
    [property: Id(8)] int Bars,
    [property: Id(9)] int FlatBars,
    [property: Id(10)] int RevisedBars,
    [property: Id(11)] int BackfilledBars,
    [property: Id(12)] LagMessage? Lag,
    [property: Id(13)] TallyMessage Counts,
    [property: Id(14)] IReadOnlyList<HourQuality> Hours,
    [property: Id(15)] IReadOnlyList<GapMessage> Gaps);
