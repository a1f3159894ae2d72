using Hts.Trades;

namespace Hts.Files;

/// <summary>Consecutive trades of one symbol out of one file. The array is reused: a batch is valid until the next one is asked for.</summary>
internal sealed class TradeBatch
{
    private const int Most = 4096;

    private readonly Trade[] trades = new Trade[Most];
    private readonly long[] lines = new long[Most];

    /// <summary>What it was read from, as <see cref="DataPart.Name"/> calls it.</summary>
    public string File { get; private set; } = "";

    /// <summary>Bytes of the file that were read when the batch was filled.</summary>
    public long Position { get; set; }

    public string Symbol { get; private set; } = "";

    /// <inheritdoc cref="TradeColumns.AreSingle"/>
    public bool AreSingle { get; set; }

    public int Count { get; private set; }

    public bool IsFull => Count == trades.Length;

    /// <summary>Number of each trade's line in the file, from 1.</summary>
    public ReadOnlySpan<long> Lines => lines.AsSpan(0, Count);

    public ReadOnlySpan<Trade> Trades => trades.AsSpan(0, Count);

    public void Begin(string file, string symbol)
    {
        File = file;
        Symbol = symbol;
        Count = 0;
    }

    public void Add(in Trade trade, long line)
    {
        lines[Count] = line;
        trades[Count++] = trade;
    }
}
