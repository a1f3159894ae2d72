using System.Buffers;

namespace Hts.Objects;

/// <summary>
/// The names that objects may have: segments joined by <c>/</c>, each of ASCII letters, digits and <c>-_.=+:,@~</c>, none of them
/// starting with a dot. Such a key means the same in a bucket, in a folder and in a URI without any escaping, and cannot leave
/// the store's root.
/// </summary>
public static class ObjectKey
{
    /// <summary>Longest key, in characters.</summary>
    public const int MaxLength = 512;

    /// <summary>Longest segment, in characters: file systems end at 255.</summary>
    public const int MaxSegment = 200;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+:,@~");

    /// <summary>Returns the key.</summary>
    /// <exception cref="ObjectStoreException">The key breaks a rule, which the message names.</exception>
    public static string Check(string key) =>
        BrokenRule(key, isPrefix: false) is { } rule ? throw new ObjectStoreException(key, ObjectFault.BadKey, $"The key '{key}' {rule}.") : key;

    /// <summary>Returns the prefix of a listing: the beginning of a key, possibly empty or ending within a segment.</summary>
    /// <exception cref="ObjectStoreException">No key can start like this; the message names the rule.</exception>
    public static string CheckPrefix(string prefix) =>
        BrokenRule(prefix, isPrefix: true) is { } rule
            ? throw new ObjectStoreException(prefix, ObjectFault.BadKey, $"The prefix '{prefix}' {rule}.")
            : prefix;

    /// <summary>True when the key breaks no rule.</summary>
    public static bool IsValid(string key) => BrokenRule(key, isPrefix: false) is null;

    private static string? BrokenRule(ReadOnlySpan<char> key, bool isPrefix)
    {
        if (key.Length > MaxLength)
            return $"is {key.Length} characters long, at most {MaxLength} are allowed";
        var rest = key;
        while (true)
        {
            var end = rest.IndexOf('/');
            var last = end < 0;
            var segment = last ? rest : rest[..end];
            if (segment.IsEmpty && !(isPrefix && last))
                return "has an empty segment";
            if (segment.StartsWith('.'))
                return "has a segment that starts with a dot";
            if (segment.Length > MaxSegment)
                return $"has a segment of {segment.Length} characters, at most {MaxSegment} are allowed";
            var bad = segment.IndexOfAnyExcept(Allowed);
            if (bad >= 0)
                return $"holds the character U+{(int)segment[bad]:X4}, which is not allowed";
            if (last)
                return null;
            rest = rest[(end + 1)..];
        }
    }
}
