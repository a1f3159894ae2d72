using Hts.Forecasts;

namespace Hts.Artefacts;

/// <summary>
/// Walks over the headers of a tar before a reader takes them at their word: none may announce more than the archive holds, since a
/// reader makes room for long names and attributes by what their header says.
/// </summary>
internal static class TarBounds
{
    private const int Block = 512;
    private const int SizeOffset = 124;
    private const int SizeLength = 12;

    /// <exception cref="ArtefactRefusedException">A header's size is no number or reaches beyond the archive.</exception>
    public static void Check(ReadOnlySpan<byte> tar)
    {
        for (long at = 0; at + Block <= tar.Length;)
        {
            var size = Size(tar.Slice((int)at + SizeOffset, SizeLength));
            if (size > tar.Length - at - Block)
                throw new ArtefactRefusedException($"A header of the archive announces {size} bytes; {tar.Length - at - Block} follow.");
            at += Block + ((size + Block - 1) / Block * Block);
        }
    }

    private static long Size(ReadOnlySpan<byte> field)
    {
        // The first bit marks a binary number, big end first; else it is octal text.
        var binary = (field[0] & 0x80) != 0;
        var size = binary ? field[0] & 0x7F : 0L;
        foreach (var digit in binary ? field[1..] : field.Trim(" \0"u8))
        {
            if (size >= 1L << 48 || (!binary && digit is < (byte)'0' or > (byte)'7'))
                throw new ArtefactRefusedException("A header of the archive has a size that is no number.");
            size = binary ? (size << 8) | digit : (size * 8) + (digit - '0');
        }
        return size;
    }
}
