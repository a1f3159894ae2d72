using Hts.Bars;
using Hts.Commands;
using Hts.Imports;
using Hts.Tests.Commands;
using Hts.Tests.Exchange;
using Hts.Tests.Postgres;
using Hts.Time;
using Hts.Trades;

namespace Hts.Tests.Imports;

public sealed class BackfillTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long BarMs = 15_000;
    private const int TapeBarCount = 480;
    private const int PublicationDelayMs = 2_500;

    private static readonly long Start = Grid.Default.BarOf(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()) - (600 * BarMs);

    private readonly List<string> printed = [];
    private CommandDatabase data = null!;
    private ExchangeHost exchange = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IBarStore Bars => data.Store.Bars;

    public async ValueTask InitializeAsync()
    {
        data = await CommandDatabase.Create(postgres);
        var trades = Enumerable.Range(0, (TapeBarCount + 2) * 3)
            .Select(i => new Trade(i + 1, i + 1, i + 1, Start + (i * 5_000L) + 100, 100 + (i % 9), 0.25, i % 2 == 0)).ToArray();
        exchange = await ExchangeHost.Start(new ArrayTape("ABCUSDT", trades), new MarketClock(TimeProvider.System));
    }

    public async ValueTask DisposeAsync()
    {
        await exchange.DisposeAsync();
        await data.DisposeAsync();
    }

    [Fact]
    public async Task Only_what_is_missing_is_fetched_also_in_the_middle_and_marked_holes_are_repaired()
    {
        var live = Sample.Bars(Start, TapeBarCount).Where((_, i) => i is (> 100 and < 200) or (> 240 and < 400)).ToArray();
        await Bars.Write("ABCUSDT", live, Cancellation);
        await Bars.MarkGap("ABCUSDT", new Gap(At(150 + 50), At(241), "feed lost", 1), Cancellation);

        await Run(Start, At(TapeBarCount), again: false);

        var stored = await data.Bars("ABCUSDT");
        stored.Count.ShouldBe(TapeBarCount);
        stored.Where(bar => !bar.Backfilled).ShouldBe(live);
        stored.Where(bar => bar.Backfilled).ShouldAllBe(bar => bar.KnownAt == bar.Bar.Ts + BarMs + PublicationDelayMs);
        (await data.Gaps("ABCUSDT")).ShouldBeEmpty();
        (await Bars.ReadRepairedGaps("ABCUSDT", 0, long.MaxValue, Cancellation)).ShouldHaveSingleItem().Cause.ShouldBe("feed lost");
        printed.ShouldHaveSingleItem().ShouldStartWith("ABCUSDT: 222 bars fetched in 3 spans");
    }

    [Fact]
    public async Task The_market_is_told_from_where_on_its_bars_changed()
    {
        await Bars.Write("ABCUSDT", [.. Sample.Bars(Start, TapeBarCount).Where((_, i) => i is < 200 or > 240)], Cancellation);
        (await Bars.ReadChange("ABCUSDT", Cancellation)).ShouldBeNull();

        await Run(Start, At(TapeBarCount), again: false);

        (await Bars.ReadChange("ABCUSDT", Cancellation))!.FromTs.ShouldBe(At(200));
    }

    [Fact]
    public async Task A_second_run_asks_the_exchange_for_nothing()
    {
        await Run(Start, At(TapeBarCount), again: false);
        var stored = await data.Bars("ABCUSDT");

        var weight = await Run(Start, At(TapeBarCount), again: false);

        weight.ShouldBe(0);
        (await data.Bars("ABCUSDT")).ShouldBe(stored);
    }

    [Fact]
    public async Task What_the_exchange_does_not_have_is_marked_and_not_asked_for_again()
    {
        // A stored bar long before the exchange's first trade makes the time between a hole; what is before it is none.
        await Bars.Write("ABCUSDT", [.. Sample.Bars(Start - (50 * BarMs), 1)], Cancellation);

        await Run(Start - (100 * BarMs), At(TapeBarCount), again: false);
        var weight = await Run(Start - (49 * BarMs), At(TapeBarCount), again: false);
        var again = await Run(Start - (49 * BarMs), At(TapeBarCount), again: true);

        var gap = (await data.Gaps("ABCUSDT")).ShouldHaveSingleItem();
        (gap.FromTs, gap.ToTs, gap.Cause).ShouldBe((Start - (49 * BarMs), Start, Backfill.NotThere));
        weight.ShouldBe(0);
        again.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_symbol_that_the_exchange_does_not_list_is_refused()
    {
        var refused = await Should.ThrowAsync<UserErrorException>(() => Make().CheckSymbols(["ABCUSDT", "NOUSDT"], Cancellation));
        refused.Message.ShouldBe($"{exchange.Client.Name} does not list NOUSDT.");
    }

    [Fact]
    public async Task The_command_fetches_and_refuses_in_one_line()
    {
        data.Environment["Feed__RestUrl"] = exchange.Server.RestUrl;
        data.Environment["Feed__WebSocketUrl"] = exchange.Server.WebSocketUrl;

        var run = await data.Run("backfill", "abcusdt", "--from", Timestamps.Iso(Start), "--to", Timestamps.Iso(At(100)));
        var unknown = await data.Run("backfill", "NOUSDT", "--days", "1");
        var empty = await data.Run("backfill", "ABCUSDT", "--from", "2024-02-01", "--to", "2024-01-01");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("ABCUSDT: 100 bars fetched in 1 spans");
        (await data.Bars("ABCUSDT")).Count.ShouldBe(100);
        unknown.ExitCode.ShouldBe(1);
        unknown.Errors.Trim().ShouldBe("error: Binance does not list NOUSDT.");
        empty.ExitCode.ShouldBe(1);
        empty.Errors.Trim().ShouldBe("error: --from 2024-02-01 is not before --to 2024-01-01.");
    }

    private static long At(int bar) => Start + (bar * BarMs);

    private Backfill Make() => new(exchange.Client, Bars, Grid.Default, PublicationDelayMs, TimeProvider.System, printed.Add);

    private async Task<long> Run(long fromTs, long toTs, bool again)
    {
        var backfill = Make();
        await backfill.Run("ABCUSDT", fromTs, toTs, again, Cancellation);
        return backfill.Weight;
    }
}
