using Hts.Feeds;
using Hts.Time;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Feeds;

public sealed class ConnectionBudgetTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 10, TimeSpan.Zero));

    [Fact]
    public async Task An_attempt_too_many_waits_until_the_oldest_is_five_minutes_old()
    {
        var budget = new ConnectionBudget(2, new MarketClock(time));
        await budget.Spend(default);
        time.Advance(TimeSpan.FromMinutes(2));
        await budget.Spend(default);

        var waiting = budget.Spend(default).AsTask();
        time.Advance(TimeSpan.FromMinutes(3) - TimeSpan.FromMilliseconds(1));
        waiting.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));

        await waiting.WaitAsync(TimeSpan.FromMinutes(2));
        budget.Spend(default).IsCompleted.ShouldBeFalse();
    }
}
