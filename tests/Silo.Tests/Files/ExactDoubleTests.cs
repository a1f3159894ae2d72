using System.Globalization;
using System.Text;
using CsCheck;
using Hts.Files;

namespace Hts.Tests.Files;

public sealed class ExactDoubleTests
{
    [Fact]
    public void Prices_are_read_to_the_bit_as_the_framework_does() =>
        Gen.Select(Gen.ULong[0, 99_999_999_999], Gen.Int[0, 12]).Sample((whole, decimals) =>
        {
            var text = decimals == 0 ? $"{whole}" : $"{whole}.{(whole * 7919) % (ulong)Math.Pow(10, decimals)}";
            Same(text);
        });

    [Fact]
    public void Any_double_is_read_to_the_bit_as_the_framework_does() =>
        Gen.Double.Sample(value => Same(value.ToString("R", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("0")]
    [InlineData("61837.63000000")]
    [InlineData("0.00000001")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740993.5")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("0.1234567890123456789012345")]
    [InlineData("-1.5")]
    [InlineData("1e-7")]
    [InlineData(".5")]
    public void Edges_are_read_to_the_bit(string text) => Same(text);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("abc")]
    [InlineData("1 ")]
    public void What_is_no_number_is_refused(string text) =>
        ExactDouble.TryParse(Encoding.ASCII.GetBytes(text), out _).ShouldBeFalse();

    private static void Same(string text)
    {
        ExactDouble.TryParse(Encoding.ASCII.GetBytes(text), out var value).ShouldBeTrue(text);
        var expected = double.Parse(text, CultureInfo.InvariantCulture);
        BitConverter.DoubleToInt64Bits(value).ShouldBe(BitConverter.DoubleToInt64Bits(expected), text);
    }
}
