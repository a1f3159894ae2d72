using Hts.Bars;

namespace Hts.Tests.Bars;

public class BarRollerTests
{
    private const long Start = Walk.Start;

    [Fact]
    public void Four_quarter_minutes_make_a_minute()
    {
        Bar[] bars =
        [
            new(Start, 10, 12, 9, 11, 1, 0.5, 2, 5),
            new(Start + 15_000, 11, 15, 11, 14, 2, 1, 3, 9),
            Bar.Flat(Start + 30_000, 14, 9),
            new(Start + 45_000, 14, 14, 8, 8, 4, 4, 1, 10),
        ];
        BarRoller.Roll(bars, 15_000, 60_000).ShouldBe([new Bar(Start, 10, 15, 8, 8, 7, 5.5, 6, 10)]);
    }

    [Fact]
    public void Intervals_are_aligned_and_those_with_missing_bars_are_given_as_far_as_known()
    {
        var bars = Walk.Closes(Enumerable.Range(1, 20).Select(i => (double)i), Grid.Default).ToArray();
        // From the third bar on, without the second minute's last bar and the third minute.
        var kept = bars.Where((_, i) => i is >= 2 and < 7 or >= 12 and < 18);
        BarRoller.Roll(kept, 15_000, 60_000).Select(b => ((b.Ts - Start) / 60_000, b.Open, b.Close, b.Trades))
            .ShouldBe([(0, 3, 4, 2), (1, 5, 7, 3), (3, 13, 16, 4), (4, 17, 18, 2)]);
    }

    [Fact]
    public void An_append_says_when_its_bar_ends_the_interval()
    {
        var roller = new BarRoller(15_000, 30_000);
        var ends = Walk.Closes([1, 2, 3, 4, 5], Grid.Default).Select(bar => roller.Append(bar)).ToArray();
        ends.ShouldBe([false, true, false, true, false]);
        roller.Bars.ShouldBe(1);
        roller.Current.Open.ShouldBe(5);
    }

    [Fact]
    public void An_interval_is_a_multiple_of_the_bar() => Should.Throw<ArgumentOutOfRangeException>(() => new BarRoller(15_000, 50_000));
}
