using Hts.Exchange;
using Hts.Exchange.Faults;
using Hts.Feeds;
using Hts.Load.Feed;
using Hts.Time;

namespace Hts.Tests.Exchange;

/// <summary>What the real client makes of an exchange whose REST side fails.</summary>
public sealed class RestFaultTests : IDisposable
{
    private const string Symbol = "S0000USDT";
    private const long LagMs = 20_000;

    private readonly CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
    private readonly MarketClock clock = new(TimeProvider.System);
    private readonly SteadyTape tape;

    public RestFaultTests() => tape = new SteadyTape(1, 4, 7, (clock.NowMs / 60_000 * 60_000) - 3_600_000);

    public void Dispose() => limit.Dispose();

    [Theory]
    [InlineData("toomany", ExchangeFault.RateLimited)]
    [InlineData("ban", ExchangeFault.Banned)]
    [InlineData("servererror", ExchangeFault.Unreachable)]
    [InlineData("slow", ExchangeFault.Unreachable)]
    [InlineData("cut", ExchangeFault.Malformed)]
    public async Task Each_fault_is_known_by_its_kind_and_counted(string name, object fault)
    {
        await using var host = await Start(name + "=1");

        var failure = await Should.ThrowAsync<ExchangeException>(() => host.Client.AggTrades(Symbol, 1, 100, Urgency.Live, limit.Token));

        failure.Fault.ShouldBe(fault);
        host.Faults.ShouldNotBeNull()[Enum.Parse<FaultKind>(name, ignoreCase: true)].ShouldBe(1);
    }

    [Fact]
    public async Task A_repetition_meets_another_draw()
    {
        await using var host = await Start("servererror=0.5", feed => feed.Retries = 10);

        (await host.Client.AggTrades(Symbol, 1, 100, Urgency.Live, limit.Token)).Count.ShouldBe(100);
    }

    [Fact]
    public async Task Answers_that_lag_do_not_know_the_newest_trades_yet()
    {
        await using var host = await Start("lag=1");
        var now = clock.NowMs;

        var trades = await host.Client.AggTrades(Symbol, tape.IdAt(Symbol, now - 60_000), 1000, Urgency.Live, limit.Token);

        trades.Count.ShouldBe((int)(tape.IdAt(Symbol, trades[^1].Ts + 1) - trades[0].Id));
        trades[^1].Ts.ShouldBeInRange(now - LagMs - 5_000, clock.NowMs - LagMs);
        (await host.Client.ServerTime(limit.Token)).ShouldBeGreaterThanOrEqualTo(now);
    }

    [Fact]
    public async Task A_halt_is_told_with_the_symbols()
    {
        var plan = new FaultPlan(new FaultOptions { [FaultKind.Halt] = 1 });
        var halted = new HaltedTape(tape, plan);
        var from = clock.NowMs;
        while (!halted.IsHalted(Symbol, from))
            from++;
        var real = TimeProvider.System.GetUtcNow();
        await using var host = await ExchangeHost.Start(
            halted, new MarketClock(TimeProvider.System, real, DateTimeOffset.FromUnixTimeMilliseconds(from), 1), new ExchangeServerOptions { Faults = plan });

        (await host.Client.Symbols(limit.Token)).ShouldHaveSingleItem().Status.ShouldBe("BREAK");
    }

    private Task<ExchangeHost> Start(string fault, Action<FeedOptions>? feed = null)
    {
        var options = new FaultOptions { SlowSeconds = 300 };
        options.Add(fault);
        return ExchangeHost.Start(tape, clock, new ExchangeServerOptions { Faults = new FaultPlan(options) }, configured =>
        {
            configured.Retries = 0;
            // Nothing but the slow answer is waited for in vain.
            configured.TimeoutSeconds = fault.StartsWith("slow", StringComparison.Ordinal) ? 10 : 30;
            feed?.Invoke(configured);
        });
    }
}
