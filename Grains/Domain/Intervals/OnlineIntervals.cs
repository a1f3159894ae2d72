namespace Hts.Intervals;

/// <summary>
/// Intervals of one symbol that learn from each settled slot: quantiles of the last week's residuals, apart for each strategy and for
/// "own position flat" and "own position stands", at a miss level that goes down with each miss and up with each hit, so that the
/// long-run coverage is the one asked for however the noise drifts. Source: Gibbs and Candès, "Adaptive Conformal Inference Under
/// Distribution Shift" (2021), eq. 2; the cells are Mondrian categories (Vovk et al. 2005).
/// </summary>
public sealed class OnlineIntervals
{
    // Beyond these a level says nothing more: the window has no such quantile, or the interval no use.
    private const double LeastMiss = 0.002;
    private const double MostMiss = 0.5;

    private readonly IntervalOptions options;
    private readonly ResidualWindow[] windows;
    private readonly double[] levels;
    private long newest = long.MinValue;

    /// <param name="strategies">Number of strategies.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is not allowed.</exception>
    public OnlineIntervals(int strategies, IntervalOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(strategies);
        this.options = options ?? new();
        this.options.Validate();
        windows = [.. Enumerable.Range(0, 2 * strategies).Select(_ => new ResidualWindow())];
        levels = new double[windows.Length];
        Array.Fill(levels, 1 - this.options.Coverage);
    }

    public int StrategyCount => windows.Length / 2;

    /// <summary>The interval of a forecast to be made now.</summary>
    /// <param name="start">The model's own ends: they hold while the cell has too few residuals.</param>
    public IntervalEnds Ends(int strategy, bool stands, IntervalEnds start) => Learned(strategy, stands) ?? start;

    /// <summary>The ends that the cell has learned; null while it has too few residuals.</summary>
    public IntervalEnds? Learned(int strategy, bool stands)
    {
        var cell = CellOf(strategy, stands);
        return windows[cell].Count < options.MinResiduals ? null : windows[cell].Ends(levels[cell]);
    }

    /// <summary>Residuals that a cell rests on.</summary>
    public int Count(int strategy, bool stands) => windows[CellOf(strategy, stands)].Count;

    /// <summary>A cell's miss level: 1 − coverage to begin with.</summary>
    public double Level(int strategy, bool stands) => levels[CellOf(strategy, stands)];

    /// <summary>Takes a settled slot in. Once for each slot and strategy; slots may come late, but one out of the window is left out.</summary>
    /// <param name="slot">Number of the slot, base_ts / slot length.</param>
    /// <param name="residual">(Outcome − forecast) / σ.</param>
    /// <param name="held">Whether the interval that was given held the outcome; null when none was given.</param>
    /// <exception cref="ArgumentException">The residual is not finite.</exception>
    public void Observe(long slot, int strategy, bool stands, double residual, bool? held)
    {
        if (!double.IsFinite(residual))
            throw new ArgumentException($"A residual of {residual} has no place.", nameof(residual));
        Forget(slot);
        if (slot <= newest - options.WindowSlots)
            return;
        var cell = CellOf(strategy, stands);
        // The start's ends are not ours: their hits and misses say nothing about our level.
        if (held is { } hit && windows[cell].Count >= options.MinResiduals)
            levels[cell] = Math.Clamp(levels[cell] + (options.Step * (1 - options.Coverage - (hit ? 0 : 1))), LeastMiss, MostMiss);
        windows[cell].Add(slot, residual);
    }

    public IntervalState Export()
    {
        int[] counts = Array.ConvertAll(windows, w => w.Count);
        var residuals = new float[counts.Sum()];
        var slots = new long[residuals.Length];
        var at = 0;
        foreach (var window in windows)
        {
            for (var i = 0; i < window.Count; i++, at++)
                (residuals[at], slots[at]) = ((float)window[i], window.SlotOf(i, newest));
        }
        return new(newest, [.. levels], counts, residuals, slots);
    }

    /// <exception cref="ArgumentException">The state's arrays do not fit each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is not allowed.</exception>
    public static OnlineIntervals Import(IntervalState state, IntervalOptions? options = null)
    {
        if (state.Counts.Length == 0 || state.Counts.Length % 2 != 0 || state.Levels.Length != state.Counts.Length
            || state.Counts.Any(count => count < 0) || state.Residuals.Length != state.Counts.Sum() || state.Slots.Length != state.Residuals.Length)
            throw new ArgumentException("The arrays of an interval state do not fit each other.", nameof(state));
        var intervals = new OnlineIntervals(state.Counts.Length / 2, options) { newest = state.NewestSlot };
        state.Levels.CopyTo(intervals.levels, 0);
        var at = 0;
        for (var cell = 0; cell < state.Counts.Length; cell++)
            for (var i = 0; i < state.Counts[cell]; i++, at++)
                if (state.Slots[at] > state.NewestSlot - intervals.options.WindowSlots)
                    intervals.windows[cell].Add(state.Slots[at], state.Residuals[at]);
        return intervals;
    }

    private static int CellOf(int strategy, bool stands) => (2 * strategy) + (stands ? 1 : 0);

    // Each slot has one residual a strategy, so what leaves with a slot is found by its number.
    private void Forget(long slot)
    {
        if (slot <= newest)
            return;
        var (before, window) = (newest, options.WindowSlots);
        newest = slot;
        if (before == long.MinValue)
            return;
        if (slot - before >= window)
        {
            foreach (var cell in windows)
                cell.Clear();
            return;
        }
        for (var gone = before - window + 1; gone <= slot - window; gone++)
            foreach (var cell in windows)
                cell.Remove(gone);
    }
}
