using Hts.Bars;
using Hts.Trades;

namespace Hts.Exchange;

/// <summary>
/// Makes of a bar a few trades that aggregate to exactly its open, high, low, close, volume and taker-buy volume (in units of 1e-8).
/// The ids of the single trades that they stand for add up to the bar's number of trades, where that is not smaller than theirs.
/// Known limit: the path between the four prices is lost, so the nearer extreme to the open is taken first.
/// </summary>
internal static class BarTrades
{
    /// <summary>Most trades that one bar becomes.</summary>
    public const int Most = 5;

    private const double Units = 1e8;

    /// <param name="barMs">Length of the bar.</param>
    /// <param name="nextId">Id of the first single trade; moved on past the last.</param>
    /// <returns>How many trades were written; 0 for a bar without volume.</returns>
    public static int Make(in Bar bar, long barMs, ref long nextId, Span<Trade> into)
    {
        var volume = (long)Math.Round(bar.Volume * Units);
        var buys = Math.Clamp((long)Math.Round(bar.TakerBuyVolume * Units), 0, volume);
        if (volume == 0)
            return 0;

        Span<double> prices = stackalloc double[Most];
        var count = Path(bar, prices);
        if (count == 1 && buys > 0 && buys < volume)
            prices[count++] = bar.Close;
        // Buyers first when the bar rose: the sides then go with the price.
        var buyers = Buyers(count, buys, volume - buys);
        var buyersFirst = bar.Close >= bar.Open;
        var singles = Math.Max(bar.Trades, count);
        for (var i = 0; i < count; i++)
        {
            var isBuy = buyersFirst ? i < buyers : i >= count - buyers;
            var (total, parts, part) = isBuy
                ? (buys, buyers, buyersFirst ? i : i - (count - buyers))
                : (volume - buys, count - buyers, buyersFirst ? i - buyers : i);
            var units = Share(total, parts, part);
            var stands = Share(singles, count, i);
            var ts = bar.Ts + (((2 * i) + 1) * barMs / (2 * count));
            into[i] = new Trade(nextId, nextId, nextId + stands - 1, ts, prices[i], Math.Max(units, 1) / Units, !isBuy);
            nextId += stands;
        }

        return count;
    }

    /// <summary>How many of the trades are buys: about half, but no side gets more trades than it has units.</summary>
    private static int Buyers(int count, long buys, long sells)
    {
        if (buys == 0 || sells == 0)
            return buys == 0 ? 0 : count;
        var least = Math.Max(1, count - sells);
        return (int)Math.Max(least, Math.Min(count / 2, buys));
    }

    private static int Path(in Bar bar, Span<double> prices)
    {
        var lowFirst = bar.Open - bar.Low <= bar.High - bar.Open;
        ReadOnlySpan<double> path = [bar.Open, lowFirst ? bar.Low : bar.High, lowFirst ? bar.High : bar.Low, bar.Close];
        var count = 0;
        foreach (var price in path)
        {
            if (count == 0 || price != prices[count - 1])
                prices[count++] = price;
        }

        return count;
    }

    private static long Share(long total, long parts, long part) => (total / parts) + (part < total % parts ? 1 : 0);
}
