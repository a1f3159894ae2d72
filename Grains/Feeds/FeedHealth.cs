using Hts.Time;

namespace Hts.Feeds;

/// <summary>How one symbol's feed is doing, for whoever asks. The session tells of its connection while the worker works: thread-safe.</summary>
internal sealed class FeedHealth(string symbol, IFeedSink sink, MarketClock clock)
{
    private const long Never = long.MinValue;

    private readonly Lock gate = new();
    private Outage? outage;
    private long healthyAt = Never;
    private long provenAt = Never;

    /// <summary>"loading", "live", "lost" or "halted".</summary>
    public string State { get; private set; } = "loading";

    /// <summary>Why, in words.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>History that is being fetched; null otherwise.</summary>
    public BackfillProgress? Backfill { get; set; }

    /// <summary>Market time up to which the stream was said to be complete; <see cref="long.MinValue"/> before the first time.</summary>
    public long HealthyAt => Interlocked.Read(ref healthyAt);

    /// <summary>Market time at which it was last sure that no trade is missing; <see cref="long.MinValue"/> before the first time.</summary>
    public long ProvenAt => Interlocked.Read(ref provenAt);

    public void Beat(long ms) => Interlocked.Exchange(ref healthyAt, ms);

    public void Prove(long ms) => Interlocked.Exchange(ref provenAt, Math.Max(ms, ProvenAt));

    /// <param name="nextTs">End of the newest stored bar when the state is an outage of a feed that was live; null otherwise.</param>
    public void Become(string state, string why, long? nextTs = null)
    {
        lock (gate)
        {
            if (nextTs is { } from)
                outage ??= new Outage(from, why);
            if (State == state && Detail == why)
                return;
            (State, Detail) = (state, why);
        }
        sink.Report(Status());
    }

    /// <summary>Whether what comes now comes late, out of an outage.</summary>
    public bool HasOutage
    {
        get
        {
            lock (gate)
                return outage is not null;
        }
    }

    /// <summary>The outage that ends now; null when there was none.</summary>
    /// <param name="goesOnAt">From where on there is an outage still, behind what never comes; null when it is over.</param>
    public Outage? EndOutage(long? goesOnAt = null)
    {
        lock (gate)
        {
            var ended = outage;
            outage = goesOnAt is { } from && ended is not null ? ended with { FromTs = from } : null;
            return ended;
        }
    }

    public FeedStatusMessage Status()
    {
        double? lag = HealthyAt == Never ? null : Math.Max(0, clock.NowMs - HealthyAt) / 1000.0;
        return new FeedStatusMessage(symbol, State, lag, Detail, Backfill);
    }
}
