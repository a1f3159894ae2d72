using Hts.Time;

namespace Hts.Feeds;

/// <summary>
/// The exchange's time without asking each time: its last answer plus what has passed here since. An answer was written before it
/// arrived, so the result does not run ahead of the exchange but for what our timer gains on it, which is milliseconds in the minute
/// after an answer; what it may gain later, while no answer comes, is taken off. Steps of the system's clock change nothing.
/// </summary>
/// <param name="ask">Asks the exchange for its time, Unix ms. Its waits hold up nobody once an answer is known.</param>
internal sealed partial class ServerClock(Func<CancellationToken, Task<long>> ask, MarketClock clock, TimeProvider real, ILogger log)
{
    private const int Samples = 3;

    /// <summary>Share by which our timer may run fast; a quartz without correction stays below it.</summary>
    private const double Drift = 1e-4;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private Task sampling = Task.CompletedTask;
    private volatile Answer? known;
    private long triedAt;

    /// <summary>An instant at or shortly before the exchange's now; after an answer of long ago, earlier by 0.1 ms for each second of its age.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer and no answer is known.</exception>
    public async ValueTask<long> NowAtMost(CancellationToken cancellationToken)
    {
        if (known is null)
            await Sampling().WaitAsync(cancellationToken);
        else if (real.GetElapsedTime(Volatile.Read(ref triedAt)) > Fresh)
            _ = Sampling();

        var (ms, at) = known!;
        var age = real.GetElapsedTime(at);
        return ms + MarketMs(age > Fresh ? age - ((age - Fresh) * Drift) : age);
    }

    /// <summary>One attempt at a time serves all who ask; none of them can cancel it for the others.</summary>
    private Task Sampling()
    {
        lock (gate)
            return sampling.IsCompleted ? sampling = Sample() : sampling;
    }

    private async Task Sample()
    {
        try
        {
            for (var i = 0; i < Samples; i++)
            {
                var askedAt = real.GetTimestamp();
                Take(await ask(CancellationToken.None), askedAt);
            }
        }
        catch (Exception failure) when (known is not null)
        {
            LogNotAnswered(log, failure.Message);
        }
        finally
        {
            Volatile.Write(ref triedAt, real.GetTimestamp());
        }
    }

    private void Take(long serverMs, long askedAt)
    {
        var at = real.GetTimestamp();
        var latestMs = serverMs + MarketMs(real.GetElapsedTime(askedAt, at));
        var oursMs = known is { } last ? last.Ms + MarketMs(real.GetElapsedTime(last.At, at) * (1 - Drift)) : long.MinValue;
        // An answer that was long on its way does not set back what is known better, unless it refutes it.
        known = new Answer(oursMs > serverMs && oursMs <= latestMs ? oursMs : serverMs, at);
    }

    private long MarketMs(TimeSpan passed) => (long)clock.FromReal(passed).TotalMilliseconds;

    /// <param name="Ms">The exchange's time at our timestamp <paramref name="At"/>, or shortly before.</param>
    private sealed record Answer(long Ms, long At);
}
