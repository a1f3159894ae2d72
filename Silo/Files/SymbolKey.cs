using System.Runtime.CompilerServices;
using System.Text;

namespace Hts.Files;

/// <summary>A symbol's characters held in place, so that rows can carry it without a string each.</summary>
internal readonly struct SymbolKey : IEquatable<SymbolKey>
{
    private readonly Characters characters;
    private readonly int length;

    private SymbolKey(ReadOnlySpan<byte> name)
    {
        name.CopyTo(characters);
        length = name.Length;
    }

    public bool IsEmpty => length == 0;

    /// <summary>The key of a field, empty when it is no symbol.</summary>
    public static SymbolKey Of(ReadOnlySpan<byte> field)
    {
        if (field.Length is < 2 or > 32)
            return default;
        foreach (var c in field)
        {
            if (c is not (>= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9' or (byte)'_'))
                return default;
        }

        return new SymbolKey(field);
    }

    public bool Equals(SymbolKey other) => length == other.length && ((ReadOnlySpan<byte>)characters).SequenceEqual(other.characters);

    public override bool Equals(object? obj) => obj is SymbolKey other && Equals(other);

    public override int GetHashCode() => string.GetHashCode(ToString(), StringComparison.Ordinal);

    public override string ToString() => Encoding.ASCII.GetString(((ReadOnlySpan<byte>)characters)[..length]);

    [InlineArray(32)]
    private struct Characters
    {
        private byte first;
    }
}
