using Hts.Bars;
using Hts.History;
using Hts.Json;
using Hts.Live;

namespace Hts.Quality;

/// <summary>How good a symbol's bars of a span are. State, detail, lagSeconds and backfill are of now.</summary>
/// <param name="Completeness">The stored part of what was expected, 0 to 1; null when nothing was.</param>
/// <param name="ExpectedBars">Intervals that ended in the span, from the symbol's first stored bar on; of a stopped symbol up to its last.</param>
/// <param name="FlatBars">Known quiet intervals among the bars.</param>
/// <param name="Lag">Null when no bar was received live.</param>
/// <param name="Hours">Every hour that the span touches up to now.</param>
/// <param name="Gaps">Holes that overlap the span, whole, newest last.</param>
internal sealed record QualityView(
    string Symbol, UtcTime From, UtcTime To, string State, string Detail, double? LagSeconds, BackfillView? Backfill,
    double? Completeness, int ExpectedBars, int Bars, int FlatBars, int MissingBars, int RevisedBars, int BackfilledBars, LagView? Lag,
    long LateTrades, long Duplicates, long Invalid, long RepairedTrades, long Outages,
    IReadOnlyList<HourQualityView> Hours, IReadOnlyList<GapView> Gaps)
{
    public static QualityView Of(QualityMessage m) => new(
        m.Symbol, new UtcTime(m.FromTs), new UtcTime(m.ToTs), m.State, m.Detail, m.LagSeconds, BackfillView.Of(m.Backfill),
        m.ExpectedBars == 0 ? null : (double)m.Bars / m.ExpectedBars, m.ExpectedBars, m.Bars, m.FlatBars, m.ExpectedBars - m.Bars,
        m.RevisedBars, m.BackfilledBars, LagView.Of(m.Lag),
        m.Counts.LateTrades, m.Counts.Duplicates, m.Counts.Invalid, m.Counts.RepairedTrades, m.Counts.Outages,
        [.. m.Hours.Select(HourQualityView.Of)], [.. m.Gaps.Select(GapView.Of)]);
}
