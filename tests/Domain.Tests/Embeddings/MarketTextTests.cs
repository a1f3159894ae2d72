using CsCheck;
using Hts.Bars;
using Hts.Embeddings;

namespace Hts.Tests.Embeddings;

public sealed class MarketTextTests
{
    [Fact]
    public void Figures_and_tokens_of_a_bar_are_written()
    {
        // Returns 0, +1 %, −1 % (log): root mean square of the two is about 1 %, so +1 and −1 sigma.
        Bar[] bars =
        [
            Bar(0, 100, 4, 4),
            Bar(1, 100 * Math.Exp(0.01), 4, 2),
            Bar(2, 100, 1, 0),
        ];
        var lines = Write(bars, "BTCUSDT").Split('\n');
        lines[0].ShouldBe("BTCUSDT");
        lines[1].ShouldBe("100.000 100.000 100.000 100.000 4.00000 7 r20 v20 b2+5");
        lines[2].ShouldBe("101.005 101.005 101.005 101.005 4.00000 7 r1+1 v10 b10");
        lines[3].ShouldBe("100.000 100.000 100.000 100.000 1.00000 7 r0-1 v0-2 b0-5");
        lines[4].ShouldBe("run-1 place-5 drift0 sigma+4");
    }

    [Fact]
    public void The_same_moves_at_another_price_level_give_the_same_tokens() =>
        Tokens(1).ShouldBe(Tokens(1234.5));

    [Fact]
    public void Only_the_forty_intervals_before_the_instant_count()
    {
        var bars = Walk(60, 1);
        var text = new MarketText(Grid.Default);
        var ofFifty = text.Write("X", bars, 50 * 15_000).ToString();
        ofFifty.ShouldBe(text.Write("X", bars.AsSpan(10, 40), 50 * 15_000).ToString());
        ofFifty.Split('\n').Length.ShouldBe(40 + 3);
        text.Write("X", [.. bars[..20], .. bars[25..]], 50 * 15_000).ToString().Split('\n').Length.ShouldBe(35 + 3);
        text.Write("X", bars, 0).ToString().ShouldBe("X\n");
    }

    [Fact]
    public void Any_valid_bars_can_be_written() =>
        Gen.Select(Gen.Double[1e-8, 1e12], Gen.Double[0, 1e15]).Array[0, 45].Sample(points =>
        {
            var bars = points.Select((p, i) => Bar(i, p.Item1, p.Item2, p.Item2 / 2)).ToArray();
            return Write(bars).StartsWith("X\n", StringComparison.Ordinal);
        });

    [Fact]
    public void Writing_and_embedding_allocate_nothing_once_warm()
    {
        var text = new MarketText(Grid.Default);
        var embedder = new HashingEmbedder();
        var values = new float[HashingEmbedder.Dimensions];
        var bars = Walk(40, 40_000);
        embedder.Embed(text.Write("BTCUSDT", bars, 600_000), values);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            embedder.Embed(text.Write("BTCUSDT", bars, 600_000), values);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static string Write(Bar[] bars, string symbol = "X") => new MarketText(Grid.Default).Write(symbol, bars, bars.Length * 15_000L).ToString();

    private static string[] Tokens(double level) =>
        [.. Write(Walk(40, level)).Split(' ', '\n').Where(t => t.Length > 0 && char.IsLetter(t[0]))];

    private static Bar[] Walk(int count, double level)
    {
        var random = new Random(7);
        var bars = new Bar[count];
        var price = level;
        for (var i = 0; i < count; i++)
        {
            price *= Math.Exp((random.NextDouble() - 0.5) * 0.002);
            bars[i] = Bar(i, price, random.NextDouble() * 10, 1);
        }

        return bars;
    }

    private static Bar Bar(int i, double close, double volume, double taker) =>
        new(i * 15_000L, close, close, close, close, volume, taker, 7, i);
}
