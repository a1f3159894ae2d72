using Hts.Exchange;
using Hts.Trades;

namespace Hts.Tests.Exchange;

/// <summary>A tape of one symbol out of an array; ids must be 1, 2, 3 and so on.</summary>
internal sealed class ArrayTape(string symbol, Trade[] trades) : ITape
{
    public IReadOnlyList<string> Symbols { get; } = [symbol];

    public long FirstTs(string symbol) => trades[0].Ts;

    public long LastTs(string symbol) => trades[^1].Ts;

    public int Read(string symbol, long fromId, Span<Trade> into)
    {
        var from = (int)Math.Min(trades.Length, Math.Max(fromId, 1) - 1);
        var count = Math.Min(into.Length, trades.Length - from);
        trades.AsSpan(from, count).CopyTo(into);
        return count;
    }

    public long IdAt(string symbol, long ts) => trades.Count(trade => trade.Ts < ts) + 1;
}
