using Hts.Trades;

namespace Hts.Files;

/// <summary>Consecutive trades of one symbol out of one file. The array is reused: a batch is valid until the next one is asked for.</summary>
internal sealed class TradeBatch
{
    private readonly Trade[] trades = new Trade[4096];

    public string File { get; private set; } = "";

    public string Symbol { get; private set; } = "";

    public int Count { get; private set; }

    public bool IsFull => Count == trades.Length;

    public ReadOnlySpan<Trade> Trades => trades.AsSpan(0, Count);

    public void Begin(string file, string symbol)
    {
        File = file;
        Symbol = symbol;
        Count = 0;
    }

    public void Add(in Trade trade) => trades[Count++] = trade;
}
