namespace Hts.Time;

/// <summary>
/// The clock of the market: every component that reasons about bars, slots or known_at takes this type, never the system's clock.
/// With factor N it runs N times as fast from a fixed origin: market = originMarket + (real − originReal) × N.
/// </summary>
public sealed class MarketClock : TimeProvider
{
    private readonly TimeProvider real;
    private readonly DateTimeOffset originReal;
    private readonly DateTimeOffset originMarket;

    /// <summary>A clock that equals <paramref name="real"/>.</summary>
    public MarketClock(TimeProvider real)
        : this(real, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 1)
    {
    }

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is below 1.</exception>
    public MarketClock(TimeProvider real, DateTimeOffset originReal, DateTimeOffset originMarket, int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        this.real = real;
        this.originReal = originReal;
        this.originMarket = originMarket;
        Factor = factor;
    }

    /// <summary>Market seconds per real second.</summary>
    public int Factor { get; }

    /// <summary>Now, Unix milliseconds UTC.</summary>
    public long NowMs => GetUtcNow().ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow() => originMarket + ((real.GetUtcNow() - originReal) * Factor);

    public override long GetTimestamp() => real.GetTimestamp() * Factor;

    public override long TimestampFrequency => real.TimestampFrequency;

    /// <summary>Due time and period are market time.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(real.CreateTimer(callback, state, ToReal(dueTime), ToReal(period)), this);

    /// <summary>The real duration of a market duration: whole milliseconds, rounded up, at least one; zero and infinite stay.</summary>
    public TimeSpan ToReal(TimeSpan market)
    {
        if (Factor == 1 || market == TimeSpan.Zero || market == Timeout.InfiniteTimeSpan)
            return market;
        return TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(market.TotalMilliseconds / Factor)));
    }

    /// <summary>The market duration of a real duration; infinite stays.</summary>
    public TimeSpan FromReal(TimeSpan real) => real == Timeout.InfiniteTimeSpan ? real : real * Factor;

    private sealed class ScaledTimer(ITimer inner, MarketClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.ToReal(dueTime), clock.ToReal(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
