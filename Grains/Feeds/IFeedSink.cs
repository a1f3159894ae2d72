using Hts.Markets;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>Where a feed's bars go. Calls are idempotent: a feed repeats what it is not sure of.</summary>
public interface IFeedSink
{
    /// <summary>Where the symbol's stored market ends.</summary>
    Task<FeedCursor> Cursor(string symbol);

    /// <summary>Returns when the bars are durable.</summary>
    Task Append(string symbol, IReadOnlyList<BarChange> bars);

    Task MarkGap(string symbol, long fromTs, long toTs, string cause);

    /// <summary>All bars up to a slot boundary are stored.</summary>
    void SlotEnded(string symbol, long baseTs);

    /// <summary>History is complete: the symbol is live from now on.</summary>
    Task Loaded(string symbol);

    void Report(FeedStatusMessage status);

    Task Log(string level, string? symbol, string message);
}
