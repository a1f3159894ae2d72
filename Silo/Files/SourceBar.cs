using Hts.Bars;

namespace Hts.Files;

/// <summary>A bar as its source gives it.</summary>
/// <param name="Unknown">The values in <paramref name="Bar"/> that the source does not tell.</param>
internal readonly record struct SourceBar(Bar Bar, UnknownValues Unknown = UnknownValues.None)
{
    /// <summary>The bar with the values that the source does not tell, its last trade id included, as another bar of the same interval has them.</summary>
    public Bar CompletedBy(in Bar other)
    {
        var bar = Bar.LastTradeId == 0 ? Bar with { LastTradeId = other.LastTradeId } : Bar;
        // Where either has no trade there is nothing to take over.
        if (bar.Trades == 0 || other.Trades == 0)
            return bar;
        return bar with
        {
            Trades = Unknown.HasFlag(UnknownValues.Trades) ? other.Trades : bar.Trades,
            TakerBuyVolume = Unknown.HasFlag(UnknownValues.TakerBuyVolume) ? Math.Min(other.TakerBuyVolume, bar.Volume) : bar.TakerBuyVolume,
        };
    }
}
