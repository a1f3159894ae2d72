using Hts.History;
using Hts.Json;

namespace Hts.Quality;

/// <summary>One hour, as far as the span goes; ts is its start. Counts of the feed are of the whole hour. Lags are seconds, null when no bar was received live.</summary>
internal sealed record HourQualityView(
    UtcTime Ts, int Expected, int Bars, int Flat, int Missing, int Revised, int Backfilled, double? LagP50, double? LagP99, double? LagMax,
    long LateTrades, long Duplicates, long Invalid, long RepairedTrades, long Outages)
{
    public static HourQualityView Of(HourQuality h) => new(
        new UtcTime(h.Ts), h.Expected, h.Bars, h.Flat, h.Expected - h.Bars, h.Revised, h.Backfilled, h.Lag?.P50, h.Lag?.P99, h.Lag?.Max,
        h.Counts.LateTrades, h.Counts.Duplicates, h.Counts.Invalid, h.Counts.RepairedTrades, h.Counts.Outages);
}
