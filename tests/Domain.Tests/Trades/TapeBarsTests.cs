using Hts.Bars;
using Hts.Trades;

namespace Hts.Tests.Trades;

public class TapeBarsTests
{
    [Fact]
    public void A_silence_beyond_the_limit_is_a_hole_between_the_bars_at_its_ends()
    {
        var tape = new TapeBars([Tape.At(1, 10, 100), Tape.At(2, 130.001, 101), Tape.At(3, 131, 102)], Grid.Default);
        tape.Read().Select(b => b.Ts - Tape.Start).ShouldBe([0, 120_000]);
        tape.Holes.ShouldBe([new Hole(Tape.Start + 15_000, Tape.Start + 120_000)]);
    }

    [Fact]
    public void A_silence_within_the_limit_is_quiet()
    {
        var tape = new TapeBars([Tape.At(1, 10, 100), Tape.At(2, 130, 101)], Grid.Default);
        tape.Read().Count().ShouldBe(9);
        tape.Holes.ShouldBeEmpty();
    }

    [Fact]
    public void A_silence_that_only_a_late_trade_breaks_is_quiet()
    {
        var tape = new TapeBars([Tape.At(1, 10, 100), Tape.At(3, 170, 102), Tape.At(2, 90, 101)], Grid.Default);
        tape.Read().Count().ShouldBe(12);
        tape.Holes.ShouldBeEmpty();
    }

    [Fact]
    public void An_empty_tape_gives_nothing() => new TapeBars([], Grid.Default).Read().ShouldBeEmpty();
}
