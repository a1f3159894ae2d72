using Hts.Files;

namespace Hts.Tests.Files;

public sealed class Crc32Tests
{
    [Fact]
    public void The_checksum_is_the_standards_whatever_the_pieces()
    {
        var all = new Crc32();
        all.Append("123456789"u8);
        var pieces = new Crc32();
        pieces.Append("1234"u8);
        pieces.Append(""u8);
        pieces.Append("56789"u8);

        all.Value.ShouldBe(0xCBF43926u);
        pieces.Value.ShouldBe(0xCBF43926u);
    }
}
