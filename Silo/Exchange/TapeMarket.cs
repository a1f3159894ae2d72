using Hts.Bars;
using Hts.Exchange.Faults;
using Hts.Time;
using Hts.Trades;

namespace Hts.Exchange;

/// <summary>What of a tape the public may see by now.</summary>
internal sealed class TapeMarket(ITape tape, MarketClock clock)
{
    private const int ReadAtOnce = 256;

    public ITape Tape { get; } = tape;

    public long NowMs => clock.NowMs;

    public bool Lists(string symbol) => Tape.Symbols.Contains(symbol);

    /// <summary>TRADING, PRE_TRADING before the tape's first trade, BREAK after its last and in a halt.</summary>
    public string Status(string symbol)
    {
        var now = NowMs;
        if (IsHalted(symbol, now))
            return "BREAK";
        if (now < Tape.FirstTs(symbol))
            return "PRE_TRADING";
        return now > Tape.LastTs(symbol) ? "BREAK" : "TRADING";
    }

    /// <summary>Trades from an id on, at most <paramref name="limit"/>, until <paramref name="endMs"/> inclusive, never later than now.</summary>
    public List<Trade> Trades(string symbol, long fromId, int limit, long endMs = long.MaxValue)
    {
        var until = Math.Min(endMs, NowMs);
        var trades = new List<Trade>(Math.Min(limit, ReadAtOnce));
        var buffer = new Trade[Math.Min(limit, ReadAtOnce)];
        while (trades.Count < limit)
        {
            var read = Tape.Read(symbol, fromId, buffer.AsSpan(0, Math.Min(buffer.Length, limit - trades.Count)));
            for (var i = 0; i < read; i++)
            {
                if (buffer[i].Ts > until)
                    return trades;
                trades.Add(buffer[i]);
            }

            if (read == 0)
                break;
            fromId += read;
        }

        return trades;
    }

    /// <summary>Id of the first trade that is still to come, or that lies after <paramref name="endMs"/>.</summary>
    public long IdAfter(string symbol, long endMs) => Tape.IdAt(symbol, Math.Min(endMs, NowMs) + 1);

    /// <summary>
    /// Bars of any length from the one that holds or follows <paramref name="startMs"/>, begun by now, at most <paramref name="limit"/>.
    /// There are none before the first trade, after the end of the tape and within a halt; in between a bar without trades repeats the last close.
    /// </summary>
    public List<Bar> Klines(string symbol, long barMs, long startMs, long endMs, int limit)
    {
        var ts = RoundUp(Math.Max(startMs, Tape.FirstTs(symbol) / barMs * barMs), barMs);
        var last = Math.Min(Math.Min(endMs, NowMs), Tape.LastTs(symbol));
        var bars = new List<Bar>();
        if (ts > last)
            return bars;

        var trades = new TradeCursor(Tape, symbol, Tape.IdAt(symbol, ts));
        var close = CloseBefore(symbol, trades.NextId);
        var until = NowMs;
        for (; ts <= last && bars.Count < limit; ts += barMs)
        {
            var bar = Fold(trades, ts, Math.Min(ts + barMs, until + 1), close);
            if (bar.Close > 0 && !(bar.Trades == 0 && IsHalted(symbol, ts) && IsHalted(symbol, ts + barMs - 1)))
                bars.Add(bar);
            close = bar.Close;
        }

        return bars;
    }

    private bool IsHalted(string symbol, long ts) => Tape is HaltedTape halted && halted.IsHalted(symbol, ts);

    private static long RoundUp(long ms, long step) => (ms + step - 1) / step * step;

    private static Bar Fold(TradeCursor trades, long ts, long beforeMs, double close)
    {
        const double units = 1e8;
        var bar = Bar.Flat(ts, close, 0);
        long volume = 0, taker = 0;
        while (trades.TryPeek(out var trade) && trade.Ts < beforeMs)
        {
            trades.Skip();
            bar = bar.Trades == 0
                ? Bar.Flat(ts, trade.Price, 0) with { Trades = 1 }
                : bar with
                {
                    High = Math.Max(bar.High, trade.Price),
                    Low = Math.Min(bar.Low, trade.Price),
                    Close = trade.Price,
                    Trades = bar.Trades + 1,
                };
            var quantity = (long)Math.Round(trade.Quantity * units);
            volume += quantity;
            taker += trade.BuyerIsMaker ? 0 : quantity;
        }

        return bar with { Volume = volume / units, TakerBuyVolume = taker / units };
    }

    private double CloseBefore(string symbol, long id)
    {
        if (id <= 1)
            return 0;
        Span<Trade> before = stackalloc Trade[1];
        Tape.Read(symbol, id - 1, before);
        return before[0].Price;
    }
}
