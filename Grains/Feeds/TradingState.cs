using Hts.Bars;

namespace Hts.Feeds;

/// <summary>
/// Whether a symbol trades, as far as it is known: the exchange's word, unless a newer trade contradicts it. Until the exchange has said
/// anything, a silence may be a halt as well as a quiet market. Thread-safe.
/// </summary>
internal sealed class TradingState
{
    /// <summary>Readings that fail one after the other before nothing is expected of them any more.</summary>
    public const int Patience = 3;

    private readonly Lock gate = new();
    private readonly List<Hole> ended = [];
    private bool? trades;
    private int failures;
    private long haltedFrom;
    private long toldAt;
    private long lastTradeTs = long.MinValue;

    /// <summary>True once the exchange was asked, whether or not it answered.</summary>
    public bool WasAsked { get; private set; }

    public void Ask() => WasAsked = true;

    /// <param name="nowMs">Market time of the exchange's answer.</param>
    public void Tell(bool trading, long nowMs)
    {
        lock (gate)
        {
            if (trading && HaltedAt(nowMs))
                ended.Add(new Hole(haltedFrom, nowMs));
            if (!trading && !HaltedAt(nowMs))
            {
                // A halt that is found may have begun at any time since the last trade, one that comes began about now.
                haltedFrom = trades is null ? long.MinValue : nowMs;
                toldAt = nowMs;
            }
            trades = trading;
        }
    }

    /// <summary>The exchange did not answer.</summary>
    public void Miss()
    {
        lock (gate)
            failures++;
    }

    /// <summary>There is a trade: a halt that began before ended by then.</summary>
    public void SawTrade(long ts)
    {
        lock (gate)
        {
            if (ts > toldAt && HaltedAt(ts))
                ended.Add(new Hole(haltedFrom, ts));
            else if (ended.Count > 0 && ended[0].FromTs < ts && ts < ended[0].ToTs)
                ended[0] = ended[0] with { ToTs = ts };
            lastTradeTs = Math.Max(ts, lastTradeTs);
        }
    }

    /// <summary>
    /// The oldest halt that is over and began before an instant, null when there is none. It is kept, through outages of the feed, until
    /// it is forgotten.
    /// </summary>
    public Hole? EndedHaltBefore(long ms)
    {
        lock (gate)
            return ended.Count > 0 && ended[0].FromTs < ms ? ended[0] : null;
    }

    /// <summary>The oldest halt that is over was marked.</summary>
    public void ForgetEndedHalt()
    {
        lock (gate)
            ended.RemoveAt(0);
    }

    public Silence SilenceAt(long ms)
    {
        lock (gate)
        {
            if (trades is null)
                return failures < Patience ? Silence.Untold : Silence.Unknown;
            return HaltedAt(ms) ? Silence.Halt : Silence.Quiet;
        }
    }

    private bool HaltedAt(long ms) => trades == false && haltedFrom <= ms && lastTradeTs <= toldAt;
}
