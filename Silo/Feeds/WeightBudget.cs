using Hts.Time;

namespace Hts.Feeds;

/// <summary>
/// Keeps requests under the exchange's weight a minute, by what was sent and by what its answers report, and keeps quiet
/// while it asked for that. Thread-safe; minutes are the market's.
/// </summary>
/// <param name="backgroundShare">Up to which share of the minute's weight requests in the background may go; the rest is kept for the live market.</param>
internal sealed class WeightBudget(int perMinute, double backgroundShare, MarketClock clock)
{
    private const long MinuteMs = 60_000;

    /// <summary>A clock that is ahead begins its minute early: what is reported then is still about the exchange's last one.</summary>
    private const long EarlyMs = 5_000;

    private readonly Lock gate = new();
    private long minute;
    private int used;
    private long quietUntilMs;
    private long bannedUntilMs;

    /// <summary>Waits until <paramref name="weight"/> may be spent, and spends it.</summary>
    /// <exception cref="ExchangeException">A ban stands: nothing may be sent.</exception>
    public async ValueTask Spend(int weight, Urgency urgency, CancellationToken cancellationToken)
    {
        var most = urgency == Urgency.Live ? perMinute : (int)(perMinute * backgroundShare);
        while (true)
        {
            long waitMs;
            lock (gate)
            {
                var now = clock.NowMs;
                if (now < bannedUntilMs)
                    throw new ExchangeException(ExchangeFault.Banned, $"The exchange has banned this address until {Timestamps.Iso(bannedUntilMs)}.");
                if (now / MinuteMs != minute)
                {
                    minute = now / MinuteMs;
                    used = 0;
                }

                waitMs = quietUntilMs - now;
                if (waitMs <= 0 && (used == 0 || used + weight <= most))
                {
                    used += weight;
                    return;
                }

                if (waitMs <= 0)
                    waitMs = ((minute + 1) * MinuteMs) - now;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(waitMs), clock, cancellationToken);
        }
    }

    /// <summary>The weight that the exchange says was used in this minute, others on this address included. Not believed right at its beginning.</summary>
    public void Report(int usedNow)
    {
        lock (gate)
        {
            var now = clock.NowMs;
            if (now / MinuteMs == minute && now % MinuteMs >= EarlyMs)
                used = Math.Max(used, usedNow);
        }
    }

    public void KeepQuiet(TimeSpan duration)
    {
        lock (gate)
            quietUntilMs = Math.Max(quietUntilMs, clock.NowMs + (long)duration.TotalMilliseconds);
    }

    public void Ban(TimeSpan duration)
    {
        lock (gate)
            bannedUntilMs = Math.Max(bannedUntilMs, clock.NowMs + (long)duration.TotalMilliseconds);
    }
}
