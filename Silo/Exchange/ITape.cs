using Hts.Trades;

namespace Hts.Exchange;

/// <summary>
/// The whole story of a market, future included, in market time. Trade ids of a symbol are consecutive from 1 on in the order of time.
/// Safe for use by several threads; memory is bounded.
/// </summary>
internal interface ITape
{
    IReadOnlyList<string> Symbols { get; }

    /// <summary>Time of the symbol's first trade.</summary>
    long FirstTs(string symbol);

    /// <summary>Time of the symbol's last trade; <see cref="long.MaxValue"/> when the tape has no end.</summary>
    long LastTs(string symbol);

    /// <summary>Trades from <paramref name="fromId"/> on, as many as there are and fit.</summary>
    /// <returns>How many were written; 0 past the tape's end.</returns>
    int Read(string symbol, long fromId, Span<Trade> into);

    /// <summary>Id of the first trade at or after <paramref name="ts"/>; one past the last id when there is none.</summary>
    long IdAt(string symbol, long ts);
}
