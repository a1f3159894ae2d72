using System.Globalization;
using System.Runtime.CompilerServices;

namespace Hts.Trades;

/// <summary>What makes a trade believable.</summary>
public static class TradeRules
{
    /// <summary>Least quantity, and the unit in which quantities are summed.</summary>
    public const double Unit = 1e-8;

    /// <summary>Largest quantity: beyond it a sum of units could not be exact.</summary>
    public const double MaxQuantity = 1e18;

    /// <summary>Null when the trade is sound, else the first broken rule, naming field and value.</summary>
    /// <param name="latestMs">Latest believable time, Unix milliseconds UTC.</param>
    public static string? Check(in Trade trade, long latestMs)
    {
        if (IsSound(trade, latestMs))
            return null;
        if (!double.IsFinite(trade.Price))
            return Text($"price {trade.Price} is not a finite number");
        if (trade.Price <= 0)
            return Text($"price {trade.Price} is not positive");
        if (!double.IsFinite(trade.Quantity))
            return Text($"quantity {trade.Quantity} is not a finite number");
        if (trade.Quantity is not (>= Unit / 2 and <= MaxQuantity))
            return Text($"quantity {trade.Quantity} is not between {Unit} and {MaxQuantity}");
        if (trade.Id < 0)
            return Text($"id {trade.Id} is negative");
        return trade.Ts <= 0 ? Text($"ts {trade.Ts} is not a time after 1970") : Text($"ts {trade.Ts} is in the future: after {latestMs}");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsSound(in Trade trade, long latestMs) =>
        trade.Price > 0 && trade.Price <= double.MaxValue
        && trade.Quantity >= Unit / 2 && trade.Quantity <= MaxQuantity
        && trade.Id >= 0 && trade.Ts > 0 && trade.Ts <= latestMs;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
