using Hts.Time;

namespace Hts.Exchange;

/// <summary>The weight that was asked for in the running market minute.</summary>
internal sealed class RequestWeight(int perMinute, MarketClock clock)
{
    private readonly Lock gate = new();
    private long minute;
    private int used;

    /// <returns>The weight used so far, and the seconds to wait when that is too much; 0 when it is not.</returns>
    public (int Used, int RetryAfterSeconds) Spend(int weight)
    {
        lock (gate)
        {
            var now = clock.NowMs;
            if (now / 60_000 != minute)
            {
                minute = now / 60_000;
                used = 0;
            }

            used += weight;
            return (used, used <= perMinute ? 0 : (int)(((minute + 1) * 60_000) - now + 999) / 1000);
        }
    }
}
