namespace Hts.Feeds;

/// <summary>Whether a symbol trades, as far as it is known: the exchange's word, unless a newer trade contradicts it. Thread-safe.</summary>
internal sealed class TradingState
{
    private const long NotHalted = long.MaxValue;

    private long haltedSince = NotHalted;
    private long lastTradeTs = long.MinValue;

    /// <param name="nowMs">Market time of the exchange's answer.</param>
    public void Tell(bool trading, long nowMs)
    {
        if (trading)
            Interlocked.Exchange(ref haltedSince, NotHalted);
        else if (!IsHaltedAt(nowMs))
            Interlocked.Exchange(ref haltedSince, nowMs);
    }

    public void SawTrade(long ts) => Interlocked.Exchange(ref lastTradeTs, Math.Max(ts, Interlocked.Read(ref lastTradeTs)));

    public bool IsHaltedAt(long ms)
    {
        var since = Interlocked.Read(ref haltedSince);
        return since <= ms && Interlocked.Read(ref lastTradeTs) <= since;
    }
}
