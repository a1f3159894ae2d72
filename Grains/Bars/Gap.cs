namespace Hts.Bars;

/// <summary>A marked hole in a symbol's bars: [<see cref="FromTs"/>, <see cref="ToTs"/>), Unix ms on the bar grid.</summary>
/// <param name="Cause">Why there are no bars, in words that a trader understands.</param>
public sealed record Gap(long FromTs, long ToTs, string Cause, long KnownAt);
