using System.Globalization;

namespace Hts.Files;

/// <summary>Reads decimal numbers to exactly the value of <see cref="double.Parse(string)"/>, several times as fast for usual prices.</summary>
internal static class ExactDouble
{
    /// <summary>Every integer up to here is a double.</summary>
    private const ulong LargestExact = 1UL << 53;

    /// <summary>Powers of ten that are doubles without rounding.</summary>
    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>The whole of <paramref name="text"/> must be the number.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        ulong digits = 0;
        var decimals = -1;
        for (var i = 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                // Twenty digits can overflow: then the fallback decides.
                if (digits > LargestExact)
                    return TryParseAny(text, out value);
                digits = (digits * 10) + digit;
                if (decimals >= 0)
                    decimals++;
            }
            else if (text[i] == '.' && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                return TryParseAny(text, out value);
            }
        }

        if (digits > LargestExact || decimals >= Powers.Length || text.Length == 0 || decimals == text.Length - 1)
            return TryParseAny(text, out value);
        // Both operands are exact, so the one rounding of the division gives the nearest double.
        value = decimals <= 0 ? digits : digits / Powers[decimals];
        return true;
    }

    private static bool TryParseAny(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
}
