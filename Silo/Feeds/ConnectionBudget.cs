using Hts.Time;

namespace Hts.Feeds;

/// <summary>Keeps connection attempts of this address under the exchange's limit, with a margin. Thread-safe; minutes are the market's.</summary>
internal sealed class ConnectionBudget(int perFiveMinutes, MarketClock clock)
{
    private const long WindowMs = 300_000;

    private readonly Lock gate = new();
    private readonly Queue<long> attempts = new();

    /// <summary>Waits until another attempt may be made, and counts it.</summary>
    public async ValueTask Spend(CancellationToken cancellationToken)
    {
        while (true)
        {
            long waitMs;
            lock (gate)
            {
                var now = clock.NowMs;
                while (attempts.TryPeek(out var oldest) && oldest <= now - WindowMs)
                    attempts.Dequeue();
                if (attempts.Count < perFiveMinutes)
                {
                    attempts.Enqueue(now);
                    return;
                }

                waitMs = attempts.Peek() + WindowMs - now;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(waitMs), clock, cancellationToken);
        }
    }
}
