using Hts.Feeds;
using Hts.Time;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Feeds;

public sealed class WeightBudgetTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 10, TimeSpan.Zero));

    [Fact]
    public async Task What_exceeds_the_minute_waits_for_the_next()
    {
        var budget = new WeightBudget(10, 0.5, new MarketClock(time));
        await budget.Spend(8, Urgency.Live, default);

        var waiting = budget.Spend(4, Urgency.Live, default).AsTask();
        time.Advance(TimeSpan.FromSeconds(49));
        waiting.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        await waiting.WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task What_others_used_on_this_address_counts()
    {
        var budget = new WeightBudget(10, 0.5, new MarketClock(time));
        await budget.Spend(1, Urgency.Live, default);
        budget.Report(9);

        budget.Spend(2, Urgency.Live, default).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_used_in_the_exchanges_last_minute_takes_nothing_from_a_minute_that_began_early()
    {
        var budget = new WeightBudget(6_000, 0.5, new MarketClock(time));
        await budget.Spend(4_800, Urgency.Live, default);
        time.Advance(TimeSpan.FromSeconds(51));
        await budget.Spend(4, Urgency.Live, default);
        budget.Report(5_998);

        budget.Spend(4, Urgency.Live, default).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_for_quiet_is_kept()
    {
        var budget = new WeightBudget(10, 0.5, new MarketClock(time));
        budget.KeepQuiet(TimeSpan.FromSeconds(30));

        var waiting = budget.Spend(1, Urgency.Live, default).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(30));

        await waiting.WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task During_a_ban_nothing_is_sent()
    {
        var budget = new WeightBudget(10, 0.5, new MarketClock(time));
        budget.Ban(TimeSpan.FromMinutes(2));

        (await Should.ThrowAsync<ExchangeException>(async () => await budget.Spend(1, Urgency.Live, default))).Fault.ShouldBe(ExchangeFault.Banned);
        time.Advance(TimeSpan.FromMinutes(2));
        await budget.Spend(1, Urgency.Live, default);
    }

    [Fact]
    public async Task History_leaves_its_share_of_the_minute_to_the_live_market()
    {
        var budget = new WeightBudget(10, 0.5, new MarketClock(time));
        await budget.Spend(4, Urgency.Background, default);

        var waiting = budget.Spend(2, Urgency.Background, default).AsTask();
        await budget.Spend(6, Urgency.Live, default);
        waiting.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(50));

        await waiting.WaitAsync(TimeSpan.FromMinutes(2));
    }
}
