using Hts.Settings;

namespace Hts.Tests.Settings;

public sealed class SettingRangeTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void Both_ends_are_allowed(double value) => SettingRange.Check("Share", value, 0.1, 0.5);

    [Theory]
    [InlineData(0.09)]
    [InlineData(0.51)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_lies_outside_is_refused_with_key_value_and_range(double value)
    {
        var refused = Should.Throw<ArgumentOutOfRangeException>(() => SettingRange.Check("Share", value, 0.1, 0.5));

        refused.Message.ShouldContain("Share must lie within [0.1, 0.5].");
        refused.ParamName.ShouldBe("Share");
        refused.ActualValue.ShouldBe(value);
    }
}
