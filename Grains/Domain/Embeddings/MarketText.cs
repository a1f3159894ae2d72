using Hts.Bars;

namespace Hts.Embeddings;

/// <summary>
/// Text A: the last bars of one symbol in words. Beside the plain figures it holds tokens that mean the same at any price level:
/// <c>rK-n</c> return in sigmas, <c>vK+n</c> volume against the mean in octaves, <c>bK+n</c> takers' side in fifths, where K is the
/// octave of the bar's age (0 the newest bar, 1 the next, 2 the third and fourth, …), then runs, place and drift over the whole text.
/// A pure function of the bars it describes. Reuses one buffer: not safe for concurrent use.
/// </summary>
public sealed class MarketText(Grid grid)
{
    /// <summary>Number of bar intervals before the instant that a text describes.</summary>
    public const int BarCount = 40;

    // Returns beyond five sigmas and volumes beyond five octaves say nothing new.
    private const int Steps = 5;
    private const int SignificantDigits = 6;

    // The middle of the sigma scale: 5 bp a bar.
    private const double UsualSigma = 5e-4;

    private readonly TextBuffer text = new(8192);

    /// <summary>Writes the text of an instant; it is valid until the next call.</summary>
    /// <param name="symbol">Names the market.</param>
    /// <param name="bars">
    /// Bars in order of time. Only those within the <see cref="BarCount"/> intervals before <paramref name="baseTs"/> count, so that any
    /// longer stretch gives the same text; missing ones make it shorter.
    /// </param>
    /// <param name="baseTs">The instant, Unix ms UTC.</param>
    public ReadOnlySpan<char> Write(ReadOnlySpan<char> symbol, ReadOnlySpan<Bar> bars, long baseTs)
    {
        text.Clear();
        text.Write(symbol);
        text.Write('\n');
        bars = Between(bars, baseTs - (BarCount * grid.BarMs), baseTs);
        if (bars.IsEmpty)
            return text.Text;

        Span<double> returns = stackalloc double[bars.Length];
        var sigma = Returns(bars, returns);
        double volume = 0;
        foreach (ref readonly var bar in bars)
            volume += bar.Volume;
        var meanVolume = volume / bars.Length;
        var priceDecimals = Decimals(bars[^1].Close);
        var volumeDecimals = Decimals(meanVolume);

        for (var i = 0; i < bars.Length; i++)
        {
            ref readonly var bar = ref bars[i];
            Figures(bar, priceDecimals, volumeDecimals);
            var octave = (char)('0' + Octave(bars.Length - 1 - i));
            Token('r', octave, Level(InSigmas(returns[i], sigma)));
            Token('v', octave, Level(bar.Volume > 0 ? Math.Log2(bar.Volume / meanVolume) : -Steps));
            if (bar.Volume > 0)
                Token('b', octave, Level(Steps * ((2 * bar.TakerBuyVolume / bar.Volume) - 1)));
            text.Write('\n');
        }

        Summary(bars, returns, sigma);
        return text.Text;
    }

    /// <summary>The bars with fromTs ≤ ts &lt; toTs, looked for from the newest on.</summary>
    private static ReadOnlySpan<Bar> Between(ReadOnlySpan<Bar> bars, long fromTs, long toTs)
    {
        var end = bars.Length;
        while (end > 0 && bars[end - 1].Ts >= toTs)
            end--;
        var start = end;
        while (start > 0 && bars[start - 1].Ts >= fromTs)
            start--;
        return bars[start..end];
    }

    /// <summary>Log returns of the bars (0 for the first) and the root of their mean square, 0 when nothing moved.</summary>
    private static double Returns(ReadOnlySpan<Bar> bars, Span<double> returns)
    {
        double squares = 0;
        returns[0] = 0;
        for (var i = 1; i < bars.Length; i++)
        {
            var r = Math.Log(bars[i].Close / bars[i - 1].Close);
            returns[i] = r;
            squares += r * r;
        }

        return squares > 0 ? Math.Sqrt(squares / (bars.Length - 1)) : 0;
    }

    /// <summary>Decimals that show a number of this size with about <see cref="SignificantDigits"/> digits.</summary>
    private static int Decimals(double size)
    {
        if (!(size > 0))
            return 0;
        return Math.Clamp(SignificantDigits - 1 - (int)Math.Floor(Math.Log10(size)), 0, TextBuffer.MaxDecimals);
    }

    private static double InSigmas(double value, double sigma) => sigma > 0 ? value / sigma : 0;

    private static int Octave(int age) => age == 0 ? 0 : 32 - int.LeadingZeroCount(age);

    private static int Level(double value) => (int)Math.Clamp(Math.Round(value), -Steps, Steps);

    private void Figures(in Bar bar, int priceDecimals, int volumeDecimals)
    {
        text.WriteFixed(bar.Open, priceDecimals);
        text.Write(' ');
        text.WriteFixed(bar.High, priceDecimals);
        text.Write(' ');
        text.WriteFixed(bar.Low, priceDecimals);
        text.Write(' ');
        text.WriteFixed(bar.Close, priceDecimals);
        text.Write(' ');
        text.WriteFixed(bar.Volume, volumeDecimals);
        text.Write(' ');
        text.WriteFixed(bar.Trades, 0);
    }

    private void Token(char kind, char octave, int level)
    {
        text.Write(' ');
        text.Write(kind);
        text.Write(octave);
        text.WriteSigned(level);
    }

    private void Summary(ReadOnlySpan<Bar> bars, ReadOnlySpan<double> returns, double sigma)
    {
        var run = 0;
        for (var i = bars.Length - 1; i > 0 && returns[i] != 0 && (run == 0 || Math.Sign(returns[i]) == Math.Sign(run)); i--)
            run += Math.Sign(returns[i]);

        double high = double.MinValue, low = double.MaxValue;
        foreach (ref readonly var bar in bars)
        {
            high = Math.Max(high, bar.High);
            low = Math.Min(low, bar.Low);
        }

        var close = bars[^1].Close;
        var drift = InSigmas(Math.Log(close / bars[0].Close), sigma * Math.Sqrt(bars.Length));
        text.Write("run");
        text.WriteSigned(Math.Clamp(run, -Steps, Steps));
        text.Write(" place");
        text.WriteSigned(high > low ? Level(((2 * (close - low) / (high - low)) - 1) * Steps) : 0);
        text.Write(" drift");
        text.WriteSigned(Level(2 * drift));
        text.Write(" sigma");
        text.WriteSigned(Level(Math.Log2(sigma / UsualSigma)));
        text.Write('\n');
    }
}
