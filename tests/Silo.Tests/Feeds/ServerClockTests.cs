using Hts.Feeds;
using Hts.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Feeds;

public sealed class ServerClockTests
{
    private static readonly TimeSpan NotFresh = TimeSpan.FromSeconds(61);

    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly ServerClock clock;
    private Func<Task<long>> exchange;
    private int asked;

    public ServerClockTests()
    {
        var market = new MarketClock(time);
        exchange = () => Task.FromResult(market.NowMs);
        clock = new ServerClock(_ => Ask(), market, time, NullLogger.Instance);
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task While_an_answer_is_waited_for_the_last_one_serves_on()
    {
        await clock.NowAtMost(default);
        exchange = () => new TaskCompletionSource<long>().Task;

        for (var i = 0; i < 5; i++)
        {
            time.Advance(NotFresh);
            var now = clock.NowAtMost(default);
            now.IsCompleted.ShouldBeTrue();
            (await now).ShouldBeInRange(NowMs - 30, NowMs);
        }

        asked.ShouldBe(4, "one attempt at a time");
    }

    [Fact]
    public async Task A_failed_attempt_is_repeated_a_minute_later()
    {
        await clock.NowAtMost(default);
        exchange = () => throw new ExchangeException(ExchangeFault.RateLimited, "too many requests");

        time.Advance(NotFresh);
        await clock.NowAtMost(default);
        await clock.NowAtMost(default);
        asked.ShouldBe(4);
        time.Advance(NotFresh);
        await clock.NowAtMost(default);
        asked.ShouldBe(5);
    }

    [Fact]
    public async Task What_our_clock_may_have_gained_since_the_last_answer_is_taken_off()
    {
        await clock.NowAtMost(default);
        exchange = () => throw new ExchangeException(ExchangeFault.Banned, "banned");
        time.Advance(TimeSpan.FromDays(1));

        (await clock.NowAtMost(default)).ShouldBe(NowMs - 8_634);
    }

    [Fact]
    public async Task An_answer_that_was_long_on_its_way_does_not_set_the_time_back()
    {
        await clock.NowAtMost(default);
        exchange = () =>
        {
            var written = NowMs;
            time.Advance(TimeSpan.FromSeconds(8));
            return Task.FromResult(written);
        };

        time.Advance(NotFresh);

        (await clock.NowAtMost(default)).ShouldBeInRange(NowMs - 20, NowMs);
        asked.ShouldBe(6);
    }

    [Fact]
    public async Task A_time_that_an_answer_refutes_is_given_up()
    {
        await clock.NowAtMost(default);
        exchange = () => Task.FromResult(NowMs - 5_000);
        time.Advance(NotFresh);

        (await clock.NowAtMost(default)).ShouldBe(NowMs - 5_000);
    }

    [Fact]
    public async Task Without_any_answer_the_failure_is_told_and_the_next_one_asks_again()
    {
        var answering = exchange;
        exchange = () => throw new ExchangeException(ExchangeFault.Unreachable, "away");
        await Should.ThrowAsync<ExchangeException>(async () => await clock.NowAtMost(default));

        exchange = answering;

        (await clock.NowAtMost(default)).ShouldBe(NowMs);
    }

    [Fact]
    public async Task Who_gives_up_waiting_for_the_first_answer_does_not_take_it_from_the_others()
    {
        var answer = new TaskCompletionSource<long>();
        exchange = () => answer.Task;
        using var giveUp = new CancellationTokenSource();
        var impatient = clock.NowAtMost(giveUp.Token).AsTask();
        var patient = clock.NowAtMost(default).AsTask();

        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        answer.SetResult(NowMs);

        (await patient.WaitAsync(TimeSpan.FromMinutes(2))).ShouldBe(NowMs);
        asked.ShouldBe(3);
    }

    private Task<long> Ask()
    {
        asked++;
        return exchange();
    }
}
