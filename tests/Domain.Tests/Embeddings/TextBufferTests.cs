using System.Globalization;
using CsCheck;
using Hts.Embeddings;

namespace Hts.Tests.Embeddings;

public sealed class TextBufferTests
{
    [Theory]
    [InlineData(0, 0, "0")]
    [InlineData(0, 2, "0.00")]
    [InlineData(1.5, 0, "2")]
    [InlineData(-1.25, 1, "-1.3")]
    [InlineData(0.05, 3, "0.050")]
    [InlineData(43210.5, 2, "43210.50")]
    public void Numbers_are_written_with_fixed_decimals(double value, int decimals, string expected)
    {
        var text = new TextBuffer(1);
        text.WriteFixed(value, decimals);
        text.Text.ToString().ShouldBe(expected);
    }

    [Fact]
    public void A_written_number_reads_back_to_half_a_unit() =>
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Int[0, 6]).Sample((value, decimals) =>
        {
            var text = new TextBuffer(4);
            text.WriteFixed(value, decimals);
            var read = double.Parse(text.Text, CultureInfo.InvariantCulture);
            // Near 10^6 a double has hardly more than the six decimals.
            var spacing = Math.BitIncrement(Math.Abs(value)) - Math.Abs(value);
            return Math.Abs(read - value) <= (0.5000001 * Math.Pow(10, -decimals)) + (2 * spacing);
        });
}
