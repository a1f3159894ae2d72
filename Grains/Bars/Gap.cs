namespace Hts.Bars;

/// <summary>A marked hole in a symbol's bars: [<see cref="FromTs"/>, <see cref="ToTs"/>), Unix ms on the bar grid.</summary>
/// <param name="Cause">Why there are no bars, in words that a trader understands.</param>
/// <param name="RepairedAt">When its bars came after all, Unix ms; null while they are missing.</param>
public sealed record Gap(long FromTs, long ToTs, string Cause, long KnownAt, long? RepairedAt = null)
{
    public bool IsMissing => RepairedAt is null;
}
