using System.Runtime.CompilerServices;

namespace Hts.Trades;

/// <summary>Quantities summed in whole units of 1e-8, so that a sum does not depend on its order.</summary>
public static class Quantities
{
    private const double UnitsPerOne = 1e8;
    private const double MaxLongQuantity = 9e10;
    private const ulong ExactUnits = 1UL << 53;

    /// <summary>The nearest whole number of units of a quantity that is not negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 ToUnits(double quantity) => quantity < MaxLongQuantity
        ? (ulong)(long)Math.Round(quantity * UnitsPerOne)
        : (UInt128)Math.Round(quantity * UnitsPerOne);

    /// <summary>The double nearest to a sum that fits 53 bits, as parsing its decimal text gives it; beyond, one within a unit in the last place.</summary>
    public static double FromUnits(UInt128 units)
    {
        if (units <= ExactUnits)
            return (ulong)units / UnitsPerOne;
        var (whole, rest) = UInt128.DivRem(units, (ulong)UnitsPerOne);
        return (double)whole + ((double)rest / UnitsPerOne);
    }
}
