using Hts.Time;

namespace Hts.Feeds;

/// <summary>
/// Asks a connection for proofs of life and tells when it is over. Probes are sent when the exchange's time passes a multiple of the
/// heartbeat, so that with one that divides the bar each bar's end is proven at once.
/// </summary>
internal sealed class StreamWatch(
    StreamRequests requests, ServerClock serverClock, FeedOptions options, TimeSpan life, MarketClock clock, TimeProvider real)
{
    private const int MostWaiting = 16;

    /// <summary>However fast the market's clock runs, a proof costs a message each way.</summary>
    private static readonly TimeSpan ShortestHeartbeat = TimeSpan.FromMilliseconds(40);

    private readonly long openedMs = clock.NowMs;
    private long heardAt = real.GetTimestamp();

    public StreamVerdict Verdict { get; private set; }

    public void Heard() => Volatile.Write(ref heardAt, real.GetTimestamp());

    /// <summary>Returns when the connection is over, with <see cref="Verdict"/> set.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var periodMs = PeriodMs();
        while (true)
        {
            await Reach((await serverClock.NowAtMost(cancellationToken) / periodMs * periodMs) + periodMs, cancellationToken);
            Verdict = Judge();
            if (Verdict != StreamVerdict.None)
                return;
            if (requests.Waiting < MostWaiting)
                await requests.Probe(cancellationToken);
        }
    }

    // A timer may fire early, and the offset of the exchange's time may have changed meanwhile: a probe sent too soon proves a bar's end
    // only one heartbeat later.
    private async Task Reach(long ms, CancellationToken cancellationToken)
    {
        while (ms - await serverClock.NowAtMost(cancellationToken) is > 0 and var waitMs)
            await Task.Delay(TimeSpan.FromMilliseconds(waitMs), clock, cancellationToken);
    }

    private StreamVerdict Judge()
    {
        var patience = TimeSpan.FromSeconds(options.SilenceSeconds);
        if (real.GetElapsedTime(Volatile.Read(ref heardAt)) > patience)
            return StreamVerdict.Silent;
        if (requests.LongestWait > patience)
            return StreamVerdict.Deaf;
        return clock.NowMs - openedMs > life.TotalMilliseconds ? StreamVerdict.Aged : StreamVerdict.None;
    }

    private long PeriodMs()
    {
        var heartbeatMs = (long)(options.HeartbeatSeconds * 1000);
        var real = clock.ToReal(TimeSpan.FromMilliseconds(heartbeatMs));
        return heartbeatMs * Math.Max(1, (long)Math.Ceiling(ShortestHeartbeat / real));
    }
}
