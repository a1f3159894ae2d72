using System.Diagnostics.Metrics;

namespace Hts.Drift;

/// <summary>What the newest day said about drift, for features and errors apart.</summary>
internal static class DriftInstruments
{
    public const string MeterName = "Hts.Drift";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Gauge<double> Strangeness =
        Meter.CreateGauge<double>("hts.drift.strangeness", "1", "Distance of the last day to those before it, 1 is usual, by what is watched");

    private static readonly Gauge<double> PValue =
        Meter.CreateGauge<double>("hts.drift.p_value", "1", "Share of days as strange as the last one when nothing has changed, by what is watched");

    private static readonly Counter<long> Alarms = Meter.CreateCounter<long>("hts.drift.alarms", "{day}", "Days that raised an alarm, by what is watched");

    public static void Record(string watched, DriftVerdict verdict)
    {
        var tag = new KeyValuePair<string, object?>("watched", watched);
        Strangeness.Record(verdict.Strangeness, tag);
        if (verdict.PValue is { } p)
            PValue.Record(p, tag);
        if (verdict.Alarm)
            Alarms.Add(1, tag);
    }
}
