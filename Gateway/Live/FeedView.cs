using Hts.Feeds;

namespace Hts.Live;

/// <summary>How one symbol's feed is doing.</summary>
/// <param name="State">"loading", "live", "lost" or "halted".</param>
/// <param name="LagSeconds">Market seconds since it was last known to be healthy.</param>
/// <param name="Backfill">While history is fetched; null otherwise.</param>
internal sealed record FeedView(string Symbol, string State, double? LagSeconds, string Detail, BackfillView? Backfill)
{
    public static FeedView From(FeedStatusMessage m) => new(m.Symbol, m.State, m.LagSeconds, m.Detail, BackfillView.Of(m.Backfill));
}
