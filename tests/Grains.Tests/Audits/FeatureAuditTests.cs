using Hts.Audits;
using Hts.Bars;
using Hts.Ledgers;
using Hts.Tests.Cluster;

namespace Hts.Tests.Audits;

public sealed class FeatureAuditTests(AuditedSilos silos) : IClassFixture<AuditedSilos>
{
    private const string Symbol = "NIGHTLY";
    private const long Day = 86_400_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_night_has_one_check_whoever_asks_for_it_and_the_next_night_another()
    {
        // Features that no bars give: the check has something to tell each night.
        var midnight = Worlds.Start - (Worlds.Start % Day) + Day;
        await silos.Store.Symbols.Add(Symbol, silos.Clock.NowMs, 200, Token);
        foreach (var ts in new[] { midnight - (2 * Grid.Default.SlotMs), midnight + Day - (2 * Grid.Default.SlotMs) })
            await silos.Store.Ledger.Record(
                new LedgerRow(Symbol, ts, Roles.Champion, "v1", 1, ts + Grid.Default.SlotMs, null, null, null, null, "test", "0", ts), Token);
        var night = silos.Grains.GetGrain<IFeatureAuditGrain>(0);
        await night.Start();
        await night.Start();
        (await silos.Reminders(night)).ShouldBe(1);

        silos.GoTo(midnight + (95 * 60_000));
        await Task.WhenAll(TestSilo.Remind(night, "night"), TestSilo.Remind(night, "night"));
        (await Lines()).ShouldBe([$"Features of {Date(midnight - Day)}: 1 predictions made again, 0 differ by what came in later, 1 differ otherwise, the first one {Symbol} at {Hts.Time.Timestamps.Iso(midnight - (2 * Grid.Default.SlotMs))}."]);

        silos.GoTo(midnight + Day + (95 * 60_000));
        await TestSilo.Remind(night, "night");
        (await Lines()).Length.ShouldBe(2);
    }

    private static string Date(long ts) => Hts.Time.Timestamps.Iso(ts)[..10];

    private async Task<string[]> Lines() =>
        [.. (await silos.Store.Events.Read(long.MaxValue, null, 100, Token)).Where(e => e.Kind == FeatureAuditor.Kind).Select(e => e.Message)];
}
