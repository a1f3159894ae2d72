using Hts.Bars;
using Hts.Markets;
using Hts.Tests.Cluster;

namespace Hts.Tests.Markets;

public sealed class BarIntakeTests
{
    private static readonly Bar Newest = Bar.Flat(Worlds.Start, 100, 1);
    private static readonly long End = Worlds.Start + Worlds.Grid.BarMs;

    [Theory]
    [InlineData(300)]
    [InlineData(60_000)]
    public void A_bar_that_was_known_at_its_end_may_end_a_little_ahead_of_the_clock(int aheadMs)
    {
        var (sound, rejections) = BarIntake.Check([Worlds.Message(Newest)], Worlds.Grid, End - aheadMs);
        sound.ShouldBe([new StoredBar(Newest, End, 0)]);
        rejections.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0L, 60_001)]
    [InlineData(-1L, 300)]
    [InlineData(-1L, -5_000)]
    [InlineData(null, 300)]
    public void A_bar_that_nobody_can_have_seen_the_end_of_is_refused(long? knownAfterEnd, int aheadMs)
    {
        var message = Worlds.Message(Newest) with { KnownAt = End + knownAfterEnd ?? 0 };
        var (sound, rejections) = BarIntake.Check([message], Worlds.Grid, End - aheadMs);
        sound.ShouldBeEmpty();
        rejections.ShouldHaveSingleItem().Rule.ShouldContain("in the future");
    }

    [Fact]
    public void A_bar_without_the_time_of_its_receipt_was_known_now()
    {
        var (sound, _) = BarIntake.Check([Worlds.Message(Newest) with { KnownAt = 0 }], Worlds.Grid, End + 7);
        sound.ShouldBe([new StoredBar(Newest, End + 7, 0)]);
    }
}
