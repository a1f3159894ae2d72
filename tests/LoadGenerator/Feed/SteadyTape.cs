using Hts.Exchange;
using Hts.Trades;

namespace Hts.Load.Feed;

/// <summary>
/// Any number of symbols, each with a pace of its own, without a memory: a minute of a symbol holds the same number of trades for ever, so
/// any trade can be made from its id alone.
/// </summary>
internal sealed class SteadyTape : ITape
{
    private const int BlockMs = 60_000;
    private const double SlowestPerSecond = 0.2;
    private const double FastestPerSecond = 2;

    private readonly long seed;
    private readonly long startTs;
    private readonly Dictionary<string, (int Number, int PerBlock)> symbols = new(StringComparer.Ordinal);

    /// <param name="rate">Factor on the paces, which are drawn from 0.2 to 2 trades a second, each octave alike.</param>
    public SteadyTape(int count, double rate, long seed, long startTs)
    {
        (this.seed, this.startTs) = (seed, startTs);
        var random = SeededRandom.For(seed, 0, 0);
        for (var i = 0; i < count; i++)
        {
            var perSecond = rate * SlowestPerSecond * Math.Pow(FastestPerSecond / SlowestPerSecond, random.Uniform());
            symbols.Add($"S{i:D4}USDT", (i, Math.Max(1, (int)Math.Round(perSecond * BlockMs / 1000))));
        }

        Symbols = [.. symbols.Keys];
        TradesPerSecond = symbols.Values.Sum(symbol => symbol.PerBlock) * 1000.0 / BlockMs;
    }

    public IReadOnlyList<string> Symbols { get; }

    /// <summary>Of all symbols together.</summary>
    public double TradesPerSecond { get; }

    public long FirstTs(string symbol) => Block(symbol, 0)[0].Ts;

    public long LastTs(string symbol) => long.MaxValue;

    public int Read(string symbol, long fromId, Span<Trade> into)
    {
        var perBlock = symbols[symbol].PerBlock;
        var at = Math.Max(fromId, 1) - 1;
        var read = 0;
        while (read < into.Length)
        {
            var rest = Block(symbol, at / perBlock).AsSpan((int)(at % perBlock));
            var taken = Math.Min(rest.Length, into.Length - read);
            rest[..taken].CopyTo(into[read..]);
            read += taken;
            at += taken;
        }

        return read;
    }

    public long IdAt(string symbol, long ts)
    {
        if (ts <= startTs)
            return 1;
        var block = (ts - startTs) / BlockMs;
        return (block * symbols[symbol].PerBlock) + 1 + Block(symbol, block).Count(trade => trade.Ts < ts);
    }

    private Trade[] Block(string symbol, long block)
    {
        var (number, perBlock) = symbols[symbol];
        var random = SeededRandom.For(seed, number + 1, block);
        var times = new long[perBlock];
        for (var i = 0; i < perBlock; i++)
            times[i] = startTs + (block * BlockMs) + (long)(random.Uniform() * BlockMs);
        Array.Sort(times);
        var trades = new Trade[perBlock];
        for (var i = 0; i < perBlock; i++)
        {
            var id = (block * perBlock) + i + 1;
            var price = Math.Round((100 + (number % 100)) * (1 + (0.01 * Math.Sin(times[i] / 3e5)) + (0.0002 * random.Normal())), 4);
            trades[i] = new Trade(id, id, id, times[i], price, Math.Round(0.001 + random.Exponential(), 5), random.Uniform() < 0.5);
        }

        return trades;
    }
}
