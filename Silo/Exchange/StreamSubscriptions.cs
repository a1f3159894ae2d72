namespace Hts.Exchange;

/// <summary>The streams of one connection, each with its place on the tape.</summary>
internal sealed class StreamSubscriptions(TapeMarket market, int most)
{
    private readonly Dictionary<string, TradeStream> streams = new(StringComparer.Ordinal);

    /// <summary>All names asked for, also those of streams that carry nothing here.</summary>
    private readonly List<string> names = [];

    public IReadOnlyList<string> Names => names;

    public IReadOnlyCollection<TradeStream> Streams => streams.Values;

    /// <summary>From now on: what happened before is not replayed. Like the real one, unknown streams are accepted and stay quiet.</summary>
    /// <returns>False when there would be too many.</returns>
    public bool TryAdd(string name, long nowMs)
    {
        if (names.Contains(name))
            return true;
        if (names.Count == most)
            return false;
        names.Add(name);
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0)
            return true;
        var symbol = name[..at].ToUpperInvariant();
        TradeStreamKind? kind = name[at..] switch
        {
            "@aggTrade" => TradeStreamKind.Aggregates,
            "@trade" => TradeStreamKind.Singles,
            _ => null,
        };
        // Stream names are lower case; others carry nothing.
        if (kind is not null && market.Lists(symbol) && name[..at] == symbol.ToLowerInvariant())
            streams.Add(name, new TradeStream(name, kind.Value, new TradeCursor(market.Tape, symbol, market.Tape.IdAt(symbol, nowMs + 1))));
        return true;
    }

    public void Remove(string name)
    {
        names.Remove(name);
        streams.Remove(name);
    }
}
