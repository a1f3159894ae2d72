using Hts.Bars;
using Hts.Feeds;

namespace Hts.Tests.Feeds;

public sealed class KlineFolderTests
{
    private const long Start = 1_700_000_010_000;

    [Fact]
    public void Fifteen_seconds_make_a_bar()
    {
        var seconds = Enumerable.Range(0, 15).Select(i => new Bar(Start + (i * 1000), 10 + i, 12 + i, 9 - (i % 3), 11 + i, 0.1, 0.05, 2, 0));

        Fold(seconds).ShouldBe([new Bar(Start, 10, 26, 7, 25, 1.5, 0.75, 30, 0)]);
    }

    [Fact]
    public void Quiet_seconds_do_not_set_the_open_or_the_range()
    {
        var seconds = Enumerable.Range(0, 15).Select(i => i is 4 or 9
            ? new Bar(Start + (i * 1000), 20, 21, 19, 20, 1, 0, 1, 0)
            : Bar.Flat(Start + (i * 1000), i < 4 ? 5 : 20, 0));

        Fold(seconds).ShouldBe([new Bar(Start, 20, 21, 19, 20, 2, 0, 2, 0)]);
    }

    [Fact]
    public void Quantities_beyond_any_whole_number_of_64_bits_add_up()
    {
        var seconds = Enumerable.Range(0, 15).Select(i => new Bar(Start + (i * 1000), 1, 1, 1, 1, 4e10, 2e10, 1, 0));

        Fold(seconds).ShouldBe([new Bar(Start, 1, 1, 1, 1, 6e11, 3e11, 15, 0)]);
    }

    [Fact]
    public void A_wholly_quiet_bar_is_flat() =>
        Fold(Enumerable.Range(0, 15).Select(i => Bar.Flat(Start + (i * 1000), 5, 0))).ShouldBe([Bar.Flat(Start, 5, 0)]);

    [Fact]
    public void A_missing_second_leaves_a_hole_and_is_counted()
    {
        var folder = new KlineFolder(Grid.Default);
        var bars = new List<Bar>();
        for (var i = 3; i < 60; i++)
        {
            if (i != 20 && folder.Add(Bar.Flat(Start + (i * 1000), 5, 0), out var bar))
                bars.Add(bar);
        }

        bars.Select(bar => bar.Ts).ShouldBe([Start + 30_000, Start + 45_000]);
        folder.Incomplete.ShouldBe(2);
    }

    [Fact]
    public void Seconds_out_of_order_are_refused()
    {
        var folder = new KlineFolder(Grid.Default);
        folder.Add(Bar.Flat(Start, 5, 0), out _);

        Should.Throw<ArgumentException>(() => folder.Add(Bar.Flat(Start, 5, 0), out _));
    }

    private static List<Bar> Fold(IEnumerable<Bar> seconds)
    {
        var folder = new KlineFolder(Grid.Default);
        var bars = new List<Bar>();
        foreach (var second in seconds)
        {
            if (folder.Add(second, out var bar))
                bars.Add(bar);
        }

        return bars;
    }
}
