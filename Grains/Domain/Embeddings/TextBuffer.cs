namespace Hts.Embeddings;

/// <summary>A growing buffer of characters that is written again and again; numbers are written without allocation or culture.</summary>
internal sealed class TextBuffer(int capacity)
{
    // Numbers beyond what a long of units holds are cut here: no price or volume comes near.
    private const double LargestUnits = 9e17;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];

    private char[] chars = new char[capacity];
    private int length;

    public ReadOnlySpan<char> Text => chars.AsSpan(0, length);

    public static int MaxDecimals => PowersOfTen.Length - 1;

    public void Clear() => length = 0;

    public void Write(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(chars.AsSpan(length));
        length += text.Length;
    }

    public void Write(char c)
    {
        Reserve(1);
        chars[length++] = c;
    }

    /// <summary>A whole number with its sign: <c>+2</c>, <c>0</c>, <c>-3</c>.</summary>
    public void WriteSigned(int value)
    {
        if (value > 0)
            Write('+');
        WriteFixed(value, 0);
    }

    /// <summary>A number with a fixed count of decimals, rounded half away from zero.</summary>
    public void WriteFixed(double value, int decimals)
    {
        var units = (long)Math.Clamp(Math.Round(value * PowersOfTen[decimals], MidpointRounding.AwayFromZero), -LargestUnits, LargestUnits);
        if (units < 0)
            Write('-');
        units = Math.Abs(units);

        // Digits come out last first.
        Span<char> digits = stackalloc char[20];
        var at = digits.Length;
        var written = 0;
        do
        {
            if (decimals > 0 && written == decimals)
                digits[--at] = '.';
            digits[--at] = (char)('0' + (units % 10));
            units /= 10;
            written++;
        }
        while (units > 0 || written <= decimals);
        Write(digits[at..]);
    }

    private void Reserve(int more)
    {
        if (length + more > chars.Length)
            Array.Resize(ref chars, Math.Max(length + more, chars.Length * 2));
    }
}
