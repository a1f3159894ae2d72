using System.Runtime.InteropServices;
using Hts.Trades;

namespace Hts.Exchange;

/// <summary>A trade as it lies on disk, in the source's own time. Its place in the file is its id.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal readonly struct TapeRecord
{
    public const int Size = 40;

    private readonly long lastIdAndMaker;

    public TapeRecord(in Trade trade)
    {
        Ts = trade.Ts;
        Price = trade.Price;
        Quantity = trade.Quantity;
        FirstId = trade.FirstId;
        lastIdAndMaker = (trade.LastId << 1) | (trade.BuyerIsMaker ? 1L : 0);
    }

    public long Ts { get; }

    public double Price { get; }

    public double Quantity { get; }

    public long FirstId { get; }

    public Trade ToTrade(long id, long shiftMs) =>
        new(id, FirstId, lastIdAndMaker >> 1, Ts + shiftMs, Price, Quantity, (lastIdAndMaker & 1) != 0);
}
