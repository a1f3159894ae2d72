namespace Hts.Bars;

/// <summary>A stretch of bar intervals for which nothing is known: [<see cref="FromTs"/>, <see cref="ToTs"/>), both on the grid.</summary>
/// <param name="FromTs">Open time of the first missing bar, Unix milliseconds UTC.</param>
/// <param name="ToTs">End of the last missing bar.</param>
public readonly record struct Hole(long FromTs, long ToTs);
