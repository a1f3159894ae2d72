using Hts.Time;

namespace Hts.Feeds;

/// <summary>
/// The exchange's time without asking each time: our clock plus the least offset that a sample proves. A sample's answer was written
/// before it arrived, so the result never runs ahead of the exchange (while our clock does not).
/// </summary>
internal sealed class ServerClock(Func<CancellationToken, Task<long>> ask, MarketClock clock, TimeProvider real)
{
    private const int Samples = 3;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim turn = new(1, 1);
    private long offsetMs;
    private long sampledAt;
    private bool known;

    /// <summary>An instant at or shortly before the exchange's now.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer and no sample is known.</exception>
    public async ValueTask<long> NowAtMost(CancellationToken cancellationToken)
    {
        if (!Volatile.Read(ref known) || real.GetElapsedTime(Volatile.Read(ref sampledAt)) > Fresh)
        {
            await turn.WaitAsync(cancellationToken);
            try
            {
                if (!known || real.GetElapsedTime(sampledAt) > Fresh)
                    await Sample(cancellationToken);
            }
            finally
            {
                turn.Release();
            }
        }

        return clock.NowMs + Volatile.Read(ref offsetMs);
    }

    private async Task Sample(CancellationToken cancellationToken)
    {
        try
        {
            var best = long.MinValue;
            for (var i = 0; i < Samples; i++)
            {
                var server = await ask(cancellationToken);
                best = Math.Max(best, server - clock.NowMs);
            }

            Volatile.Write(ref offsetMs, best);
        }
        catch (ExchangeException) when (known)
        {
            // The last offset serves on: clocks drift by milliseconds in the minute until the next attempt.
        }

        Volatile.Write(ref sampledAt, real.GetTimestamp());
        Volatile.Write(ref known, true);
    }
}
