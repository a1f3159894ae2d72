using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Hts.Ledgers;
using Hts.Predictions;

namespace Hts.Tests.Predictions;

public sealed class CoverageInstrumentsTests
{
    [Fact]
    public void Outcomes_within_their_interval_are_counted_by_symbol_and_role()
    {
        var counts = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == CoverageInstruments.MeterName)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags[0].Value is "COVERED")
                counts.AddOrUpdate($"{instrument.Name} {tags[1].Value}", value, (_, known) => known + value);
        });
        listener.Start();

        CoverageInstruments.Count(Row(Roles.Champion), [0, 1, 2, 1.1, -0.1, double.NaN]);
        CoverageInstruments.Count(Row(Roles.Champion), [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
        CoverageInstruments.Count(Row(Roles.Cond), [2, 2, 2, 2, 2, 0.5]);
        CoverageInstruments.Count(Row(Roles.Cond) with { LowerPct = null }, [0, 0, 0, 0, 0, 0]);

        counts.OrderBy(c => c.Key).Select(c => $"{c.Key} {c.Value}").ShouldBe(
            ["hts.intervals.outcomes champion 12", "hts.intervals.outcomes cond 6", "hts.intervals.within champion 8", "hts.intervals.within cond 1"],
            ignoreOrder: true);
    }

    private static LedgerRow Row(string role) => new(
        "COVERED", 0, role, "v1", 1, 600_000, new double[6], new double[6], [1, 1, 1, 1, 1, 1], null, "test", null, 0);
}
