using Hts.Bars;
using Hts.Postgres;

namespace Hts.Tests.Postgres;

public sealed class QualityStoreTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;
    private const long Start = 20_000 * Day;
    private PostgresStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await PostgresFixture.Open(await postgres.NewDatabase());

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_symbol_without_bars_has_no_facts()
    {
        await store.Symbols.Add("BTC", Start, 200, Cancellation);

        foreach (var symbol in (string[])["BTC", "NEVER"])
            (await Read(Start, Start + Day, symbol)).ShouldSatisfyAllConditions(
                f => f.FirstTs.ShouldBeNull(), f => f.LastTs.ShouldBeNull(), f => f.Hours.ShouldBeEmpty(), f => f.Lag.ShouldBeNull());
    }

    [Fact]
    public async Task Bars_of_each_kind_are_counted_by_the_hour()
    {
        var bars = Sample.Bars(Start, 300);
        for (var i = 0; i < 20; i++)
            bars[i] = bars[i] with { Bar = Bar.Flat(bars[i].Bar.Ts, 100, 1) };
        bars[30] = bars[30] with { Revision = 2 };
        bars[250] = bars[250] with { Backfilled = true };
        await store.Bars.Write("BTC", [.. bars.Where((_, i) => i is < 100 or > 109)], Cancellation);
        await store.Bars.Write("ETH", Sample.Bars(Start - Day, 500), Cancellation);

        var facts = await Read(Start, Start + (300 * Sample.BarMs));

        (facts.FirstTs, facts.LastTs).ShouldBe((Start, Start + (299 * Sample.BarMs)));
        facts.Hours.Select(h => (h.HourTs, h.Bars, h.Flat, h.Revised, h.Backfilled, h.Lag?.Count)).ShouldBe(
            [(Start, 230, 20, 1, 0, 229), (Start + Hour, 60, 0, 0, 1, 59)]);
        facts.Lag!.Count.ShouldBe(288);
    }

    [Fact]
    public async Task Lag_is_from_a_bars_end_to_its_receipt_and_only_of_what_was_received_live()
    {
        var bars = Sample.Bars(Start, 100).Select((b, i) => b with { KnownAt = b.Bar.Ts + Sample.BarMs + ((i + 1) * 10) }).ToList();
        bars.AddRange(Sample.Bars(Start + (100 * Sample.BarMs), 10).Select(b => b with { Revision = 1, KnownAt = b.KnownAt + Day }));
        bars.AddRange(Sample.Bars(Start + (110 * Sample.BarMs), 10).Select(b => b with { Backfilled = true, KnownAt = b.KnownAt + (400 * Day) }));
        await store.Bars.Write("BTC", bars, Cancellation);

        var facts = await Read(Start, Start + Hour);

        facts.Lag.ShouldBe(new LagFacts(100, 500, 900, 990, 1_000));
        facts.Hours.ShouldHaveSingleItem().Lag.ShouldBe(facts.Lag);
    }

    [Fact]
    public async Task A_span_of_no_time_has_nothing_and_its_bounds_are_kept()
    {
        await store.Bars.Write("BTC", Sample.Bars(Start, 300), Cancellation);

        (await Read(Start + Hour, Start + Hour)).Hours.ShouldBeEmpty();
        (await Read(Start + Hour - (2 * Sample.BarMs), Start + Hour + Sample.BarMs)).Hours.Select(h => h.Bars).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Of_a_dropped_day_its_roll_up_tells_what_was_there()
    {
        var bars = Sample.Bars(Start, 2 * 5760);
        bars[7] = bars[7] with { Revision = 1, Bar = Bar.Flat(bars[7].Bar.Ts, 100, 1) };
        await store.Bars.Write("BTC", bars, Cancellation);
        await store.Upkeep.Run(new RetentionOptions { BarDays = 1 }, Start + (2 * Day), Cancellation);
        await store.Bars.Write("BTC", [bars[500] with { Revision = 9 }], Cancellation);

        var facts = await Read(Start, Start + Day);

        facts.FirstTs.ShouldBe(Start);
        facts.Hours.Count.ShouldBe(24);
        facts.Hours[0].ShouldBe(new HourFacts(Start, 240, 1, 1, 0, null));
        facts.Hours[2].Bars.ShouldBe(240);
    }

    private Task<BarFacts> Read(long fromTs, long toTs, string symbol = "BTC") => store.Quality.Read(symbol, fromTs, toTs, Sample.BarMs, Cancellation);
}
