using Hts.Bars;
using Hts.Postgres;

namespace Hts.Tests.Postgres;

public sealed class BarStoreTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Day = 86_400_000;
    private const long Start = 20_000 * Day;
    private string connectionString = "";
    private PostgresStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connectionString = await postgres.NewDatabase();
        store = await PostgresFixture.Open(connectionString);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Bars_come_back_exactly_over_days_and_by_either_way_of_writing()
    {
        var bars = Sample.Bars(Start, 6000);
        // Few go through the staging table, many straight into the empty span.
        await store.Bars.Write("BTC", bars.Take(10).ToList(), Cancellation);
        await store.Bars.Write("BTC", bars.Skip(10).ToList(), Cancellation);

        (await store.Bars.Read("BTC", 0, long.MaxValue, int.MaxValue, Cancellation)).ShouldBe(bars);
        (await Collect(store.Bars.Stream("BTC", bars[5].Bar.Ts, bars[9].Bar.Ts, Cancellation))).ShouldBe(bars[5..9]);
        (await store.Bars.ReadLast("BTC", 7, bars[5990].Bar.Ts, Cancellation)).ShouldBe(bars[5983..5990]);
    }

    [Fact]
    public async Task Writing_the_same_bars_again_changes_nothing()
    {
        var bars = Sample.Bars(Start, 3000);
        await store.Bars.Write("BTC", bars, Cancellation);

        await store.Bars.Write("BTC", bars.Select(b => b with { KnownAt = b.KnownAt + 1 }).ToList(), Cancellation);

        (await store.Bars.Read("BTC", 0, long.MaxValue, int.MaxValue, Cancellation)).ShouldBe(bars);
    }

    [Fact]
    public async Task A_higher_revision_replaces_a_bar_and_a_lower_one_does_not()
    {
        var bar = Sample.Bars(Start, 1)[0] with { Revision = 1 };
        var newer = bar with { Revision = 2, Bar = bar.Bar with { Volume = 99 } };
        await store.Bars.Write("BTC", [bar], Cancellation);

        await store.Bars.Write("BTC", [newer], Cancellation);
        await store.Bars.Write("BTC", [bar with { Revision = 0 }], Cancellation);

        (await store.Bars.Read("BTC", 0, long.MaxValue, 10, Cancellation)).ShouldBe([newer]);
    }

    [Fact]
    public async Task Of_one_bar_twice_in_one_call_the_highest_revision_stays()
    {
        var bar = Sample.Bars(Start, 1)[0];
        var newer = bar with { Revision = 3, Bar = bar.Bar with { Volume = 5 } };

        await store.Bars.Write("BTC", [bar, newer, bar with { Revision = 1 }], Cancellation);

        (await store.Bars.Read("BTC", 0, long.MaxValue, 10, Cancellation)).ShouldBe([newer]);
    }

    [Fact]
    public async Task Symbols_do_not_mix_and_an_unknown_one_has_nothing()
    {
        var bars = Sample.Bars(Start, 5);
        await store.Bars.Write("BTC", bars, Cancellation);
        await store.Bars.Write("ETH", Sample.Bars(Start, 2), Cancellation);

        (await store.Bars.Read("BTC", 0, long.MaxValue, 100, Cancellation)).ShouldBe(bars);
        (await store.Bars.Read("XRP", 0, long.MaxValue, 100, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bar_that_breaks_a_rule_is_refused_by_name_and_others_of_the_same_moment_are_stored()
    {
        var good = Sample.Bars(Start, 1);
        var bad = good[0] with { Bar = good[0].Bar with { High = double.NaN } };
        var writes = Enumerable.Range(0, 50).Select(i => store.Bars.Write($"S{i}", i == 17 ? [bad] : good, Cancellation)).ToList();

        var error = await Should.ThrowAsync<RowRefusedException>(() => writes[17]);

        error.Message.ShouldContain("bars_valid");
        await Task.WhenAll(writes.Where((_, i) => i != 17));
        (await store.Bars.Read("S49", 0, long.MaxValue, 10, Cancellation)).ShouldBe(good);
        (await store.Bars.Read("S17", 0, long.MaxValue, 10, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rolled_bars_are_those_of_the_base_bars()
    {
        var bars = Sample.Bars(Start, 400).Where((_, i) => i is < 100 or > 130).ToList();
        await store.Bars.Write("BTC", bars, Cancellation);
        const long interval = 600_000;
        var expected = bars.Select(b => b.Bar).GroupBy(b => b.Ts / interval * interval).Select(g => new Bar(
            g.Key, g.First().Open, g.Max(b => b.High), g.Min(b => b.Low), g.Last().Close, g.Sum(b => b.Volume), g.Sum(b => b.TakerBuyVolume),
            g.Sum(b => b.Trades), g.Max(b => b.LastTradeId))).ToList();

        var rolled = await store.Bars.ReadRolled("BTC", interval, 0, long.MaxValue, 100, Cancellation);

        rolled.Count.ShouldBe(expected.Count);
        foreach (var (got, want) in rolled.Zip(expected))
        {
            (got with { Volume = 0, TakerBuyVolume = 0 }).ShouldBe(want with { Volume = 0, TakerBuyVolume = 0 });
            got.Volume.ShouldBe(want.Volume, 1e-9);
            got.TakerBuyVolume.ShouldBe(want.TakerBuyVolume, 1e-9);
        }
    }

    [Fact]
    public async Task The_view_carries_the_names_that_readers_know()
    {
        await store.Bars.Write("BTC", Sample.Bars(Start, 3), Cancellation);

        var count = await PostgresFixture.Scalar<long>(
            connectionString,
            "SELECT count(*) FROM hts.price_15s WHERE symbol = 'BTC' AND ts >= '2024-01-01Z' AND open + high + low + close + volume + taker_buy_volume + trades + last_trade_id + revision > 0");

        count.ShouldBe(3);
    }

    [Fact]
    public async Task Overlapping_marks_of_one_cause_merge_and_a_repeated_one_changes_nothing()
    {
        await store.Bars.MarkGap("BTC", new Gap(100_000, 200_000, "feed lost", 1), Cancellation);
        await store.Bars.MarkGap("BTC", new Gap(400_000, 500_000, "feed lost", 2), Cancellation);
        await store.Bars.MarkGap("BTC", new Gap(150_000, 400_000, "feed lost", 3), Cancellation);
        await store.Bars.MarkGap("BTC", new Gap(120_000, 130_000, "feed lost", 9), Cancellation);
        await store.Bars.MarkGap("BTC", new Gap(150_000, 160_000, "halted", 4), Cancellation);

        var gaps = await store.Bars.ReadGaps("BTC", 0, long.MaxValue, Cancellation);

        gaps.ShouldBe([new Gap(100_000, 500_000, "feed lost", 3), new Gap(150_000, 160_000, "halted", 4)]);
    }

    [Fact]
    public async Task A_filled_part_of_a_hole_is_repaired_and_the_rest_stays_missing()
    {
        await store.Bars.MarkGap("BTC", new Gap(100_000, 500_000, "feed lost", 1), Cancellation);

        await store.Bars.FillGaps("BTC", 200_000, 300_000, 9, Cancellation);
        await store.Bars.FillGaps("BTC", 200_000, 300_000, 10, Cancellation);
        await store.Bars.MarkRepaired("BTC", new Gap(600_000, 700_000, "outage", 2, RepairedAt: 3), Cancellation);

        (await store.Bars.ReadGaps("BTC", 0, long.MaxValue, Cancellation))
            .ShouldBe([new Gap(100_000, 200_000, "feed lost", 1), new Gap(300_000, 500_000, "feed lost", 1)]);
        (await store.Bars.ReadRepairedGaps("BTC", 0, long.MaxValue, Cancellation))
            .ShouldBe([new Gap(200_000, 300_000, "feed lost", 1, 9), new Gap(600_000, 700_000, "outage", 2, 3)]);
    }

    [Fact]
    public async Task Dropped_days_are_gone_and_can_be_written_again()
    {
        var bars = Sample.Bars(Start, 6000);
        await store.Bars.Write("BTC", bars, Cancellation);

        (await store.Upkeep.Run(new RetentionOptions { BarDays = 1 }, Start + (2 * Day), Cancellation)).Days.ShouldBe([Start]);

        (await store.Bars.Read("BTC", 0, long.MaxValue, 1, Cancellation))[0].Bar.Ts.ShouldBe(Start + Day);
        await store.Bars.Write("BTC", bars[..5], Cancellation);
        (await store.Bars.Read("BTC", 0, long.MaxValue, 5, Cancellation)).ShouldBe(bars[..5]);
    }

    [Fact]
    public async Task A_day_that_another_process_dropped_is_made_again()
    {
        await store.Bars.Write("BTC", Sample.Bars(Start, 5), Cancellation);
        await PostgresFixture.Execute(connectionString, $"DROP TABLE hts.bars_{DateTimeOffset.FromUnixTimeMilliseconds(Start):yyyyMMdd}");

        await store.Bars.Write("BTC", Sample.Bars(Start, 5), Cancellation);

        (await store.Bars.Read("BTC", 0, long.MaxValue, 10, Cancellation)).Count.ShouldBe(5);
    }

    private static async Task<List<T>> Collect<T>(IAsyncEnumerable<T> source)
    {
        var items = new List<T>();
        await foreach (var item in source)
            items.Add(item);
        return items;
    }
}
