using Hts.Bars;

namespace Hts.Tests.Bars;

public class BarRulesTests
{
    private const long Now = 1_600_000_020_000;
    private static readonly Bar Sound = new(1_600_000_005_000, 100, 102, 99, 101, 5, 2, 7, 70);

    public static TheoryData<Bar, string> Broken => new()
    {
        { Sound with { Ts = 0 }, "ts 0 is not a time after 1970" },
        { Sound with { Ts = 1_600_000_005_001 }, "ts 1600000005001 is not a multiple of 15000 ms" },
        { Sound with { Ts = 1_600_000_020_000 }, "ts 1600000020000 is in the future: its bar ends after 1600000020000" },
        { Sound with { Ts = long.MaxValue - (long.MaxValue % 15_000) }, $"ts {long.MaxValue - (long.MaxValue % 15_000)} is in the future: its bar ends after 1600000020000" },
        { Sound with { Open = double.NaN }, "open NaN is not a finite number" },
        { Sound with { High = double.PositiveInfinity }, "high Infinity is not a finite number" },
        { Sound with { Low = 0 }, "low 0 is not positive" },
        { Sound with { Close = -1 }, "close -1 is not positive" },
        { Sound with { High = 98 }, "high 98 is below low 99" },
        { Sound with { Open = 98.5 }, "open 98.5 is outside [99, 102]" },
        { Sound with { Close = 102.5 }, "close 102.5 is outside [99, 102]" },
        { Sound with { Volume = -0.5 }, "volume -0.5 is negative" },
        { Sound with { Volume = double.NaN }, "volume NaN is not a finite number" },
        { Sound with { TakerBuyVolume = -1 }, "taker buy volume -1 is negative" },
        { Sound with { TakerBuyVolume = 6 }, "taker buy volume 6 is above volume 5" },
        { Sound with { Trades = -1 }, "trades -1 is negative" },
        { Sound with { LastTradeId = -1 }, "last trade id -1 is negative" },
    };

    [Fact]
    public void A_sound_bar_breaks_no_rule()
    {
        BarRules.Check(Sound, Grid.Default, Now).ShouldBeNull();
        BarRules.Check(Bar.Flat(Sound.Ts, 100, 0), Grid.Default, Now).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_rule_is_named_with_field_and_value(Bar bar, string rule) => BarRules.Check(bar, Grid.Default, Now).ShouldBe(rule);

    [Theory]
    [InlineData("BTCUSDT-2022-01")]
    [InlineData("SOLUSDT-2022-04")]
    public void Every_bar_of_the_real_months_is_sound(string file) =>
        SharedData.MinuteBars(file).ShouldAllBe(bar => BarRules.Check(bar, new Grid(60, 600), 1_700_000_000_000) == null);
}
