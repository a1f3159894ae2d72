using Hts.Bars;
using Hts.Markets;
using Hts.Trades;

namespace Hts.Feeds;

/// <summary>Where a feed's bars go and where it finds what is stored. Calls are idempotent: a feed repeats what it is not sure of.</summary>
public interface IFeedSink
{
    /// <summary>Where the symbol's stored market ends.</summary>
    Task<FeedCursor> Cursor(string symbol);

    /// <summary>Whether the symbol was live before in its present span: its past is as it is then.</summary>
    Task<bool> HasBegun(string symbol);

    /// <summary>The stretches of [fromTs, toTs), both on the grid, that have no stored bars, by time.</summary>
    Task<IReadOnlyList<Hole>> Missing(string symbol, long fromTs, long toTs);

    /// <summary>The newest stored bar that opened before an instant, Unix ms; null when there is none.</summary>
    Task<Bar?> BarBefore(string symbol, long ts);

    /// <summary>Stored holes that end after an instant and are missing still.</summary>
    Task<IReadOnlyList<Gap>> Gaps(string symbol, long fromTs);

    /// <summary>Returns when the bars are durable.</summary>
    /// <param name="fetched">True for history, which was not received live.</param>
    Task Append(string symbol, IReadOnlyList<BarChange> bars, bool fetched);

    Task MarkGap(string symbol, long fromTs, long toTs, string cause);

    /// <summary>A span was lost for a while and has its bars again.</summary>
    Task MarkRepaired(string symbol, long fromTs, long toTs, string cause);

    /// <summary>All bars up to a slot boundary are stored.</summary>
    void SlotEnded(string symbol, long baseTs);

    /// <summary>History is complete: the symbol is live from now on.</summary>
    Task Loaded(string symbol);

    void Report(FeedStatusMessage status);

    Task Log(string level, string? symbol, string message);

    /// <summary>Adds to the durable counts of each symbol.</summary>
    Task Count(IReadOnlyCollection<KeyValuePair<string, FeedTally>> tallies);
}
