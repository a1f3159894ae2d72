using Hts.Bars;
using Hts.Embeddings;

namespace Hts.Markets;

/// <summary>The newest bars that text A describes, oldest first.</summary>
internal sealed class RecentBars
{
    private const int Slack = 4;
    private readonly Bar[] bars = new Bar[MarketText.BarCount * Slack];
    private int end;

    public ReadOnlySpan<Bar> Newest => bars.AsSpan(Math.Max(0, end - MarketText.BarCount), Math.Min(end, MarketText.BarCount));

    public void Add(in Bar bar)
    {
        if (end == bars.Length)
        {
            Newest.CopyTo(bars);
            end = MarketText.BarCount;
        }
        bars[end++] = bar;
    }

    public void Clear() => end = 0;
}
