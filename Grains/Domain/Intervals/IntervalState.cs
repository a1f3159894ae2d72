namespace Hts.Intervals;

/// <summary>What a symbol's <see cref="OnlineIntervals"/> know, as plain arrays. Cells are strategies × 2: flat, standing.</summary>
/// <param name="NewestSlot">Number of the newest slot observed.</param>
/// <param name="Levels">Miss level of each cell.</param>
/// <param name="Counts">Residuals of each cell.</param>
/// <param name="Residuals">Cell after cell, ascending within a cell, σ units.</param>
/// <param name="Slots">The slot of each residual.</param>
public sealed record IntervalState(long NewestSlot, double[] Levels, int[] Counts, float[] Residuals, long[] Slots);
