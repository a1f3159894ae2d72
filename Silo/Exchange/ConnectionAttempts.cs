using Hts.Time;

namespace Hts.Exchange;

/// <summary>Attempts to connect in the last five market minutes. Thread-safe.</summary>
internal sealed class ConnectionAttempts(int most, MarketClock clock)
{
    private const long WindowMs = 300_000;

    private readonly Lock gate = new();
    private readonly Queue<long> times = new();

    /// <returns>False when there were too many.</returns>
    public bool TryTake()
    {
        lock (gate)
        {
            var now = clock.NowMs;
            while (times.TryPeek(out var oldest) && oldest <= now - WindowMs)
                times.Dequeue();
            if (times.Count >= most)
                return false;
            times.Enqueue(now);
            return true;
        }
    }
}
