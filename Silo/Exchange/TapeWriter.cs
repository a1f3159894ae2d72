using System.Buffers;
using System.Runtime.InteropServices;
using Hts.Trades;

namespace Hts.Exchange;

/// <summary>Writes one symbol's records in the order of time.</summary>
internal sealed class TapeWriter(string path) : IDisposable
{
    private const int Buffered = 4096;

    private readonly FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
    private readonly TapeRecord[] records = ArrayPool<TapeRecord>.Shared.Rent(Buffered);
    private int count;

    public long LastTs { get; private set; } = long.MinValue;

    /// <returns>False, and nothing is written, when the trade is older than the one before.</returns>
    public bool TryAdd(in Trade trade)
    {
        if (trade.Ts < LastTs)
            return false;
        LastTs = trade.Ts;
        records[count++] = new TapeRecord(trade);
        if (count == Buffered)
            Flush();
        return true;
    }

    public void Dispose()
    {
        Flush();
        file.Flush(flushToDisk: true);
        file.Dispose();
        ArrayPool<TapeRecord>.Shared.Return(records);
    }

    private void Flush()
    {
        file.Write(MemoryMarshal.AsBytes(records.AsSpan(0, count)));
        count = 0;
    }
}
