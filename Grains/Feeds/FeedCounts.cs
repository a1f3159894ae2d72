namespace Hts.Feeds;

/// <summary>Counts what happens on one symbol's feed until somebody takes the tally. Thread-safe.</summary>
internal sealed class FeedCounts
{
    private readonly Lock gate = new();
    private FeedTally tally;

    public void Late(long trades) => Add(new FeedTally(trades, 0, 0, 0, 0));

    public void Duplicate() => Add(new FeedTally(0, 1, 0, 0, 0));

    public void Invalid() => Add(new FeedTally(0, 0, 1, 0, 0));

    public void Repaired(long trades) => Add(new FeedTally(0, 0, 0, trades, 0));

    public void Outage() => Add(new FeedTally(0, 0, 0, 0, 1));

    public FeedTally Take()
    {
        lock (gate)
        {
            var taken = tally;
            tally = default;
            return taken;
        }
    }

    /// <summary>Counts again what was taken and could not be kept.</summary>
    public void Add(in FeedTally more)
    {
        if (more.IsEmpty)
            return;
        lock (gate)
            tally = tally.Plus(more);
    }
}
