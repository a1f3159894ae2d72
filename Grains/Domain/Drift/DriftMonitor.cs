namespace Hts.Drift;

/// <summary>
/// Watches several values of one or many symbols day by day. Each symbol is counted apart; when a day is over, all that were watched for
/// long enough of it are merged into one, which is judged against the days before and then joins them. Part of a day is no day: fewer rows
/// lie farther from the others by chance, and hours differ. Memory is bounded by those days and two open ones a symbol. Not safe for
/// concurrent use.
/// </summary>
public sealed class DriftMonitor
{
    /// <summary>How long after its end a day still takes rows: outcomes come after their slot.</summary>
    public const long GraceMs = 3_600_000;

    /// <summary>How long after its beginning a symbol's day must have its first row: else it was not watched from there.</summary>
    private const long OpeningMs = 3_600_000;

    private const long DayMs = 86_400_000;

    private readonly DriftOptions options;
    private readonly int channels;
    private readonly List<DriftDay> reference = [];
    private readonly SortedDictionary<long, Dictionary<string, DriftDay>> open = [];

    /// <param name="channels">Number of values a row.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is not allowed.</exception>
    public DriftMonitor(int channels, DriftOptions? options = null)
    {
        this.options = options ?? new();
        this.options.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        this.channels = channels;
    }

    /// <summary>Days that are over, oldest first.</summary>
    public IReadOnlyList<DriftDay> Reference => reference;

    /// <summary>Counts a row.</summary>
    /// <param name="ts">Instant, Unix ms UTC; rows of days that are over, or were not watched from their beginning, are left out.</param>
    /// <returns>The verdict on the day that this row ended; null when it ended none that can be judged.</returns>
    public DriftVerdict? Add(string symbol, long ts, ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, channels);
        var day = ts - (ts % DayMs);
        DriftVerdict? verdict = null;
        while (open.Count > 0 && open.First() is var (oldest, rows) && ts >= oldest + DayMs + GraceMs)
        {
            verdict = Close(oldest, rows) ?? verdict;
            open.Remove(oldest);
        }
        if (reference.Count > 0 && day <= reference[^1].DayTs)
            return verdict;
        if (!open.TryGetValue(day, out var symbols))
            open[day] = symbols = new(StringComparer.Ordinal);
        if (!symbols.TryGetValue(symbol, out var own))
        {
            if (ts > day + OpeningMs)
                return verdict;
            symbols[symbol] = own = new DriftDay(day, channels);
        }
        own.Add(values);
        return verdict;
    }

    /// <summary>Takes days that are over from elsewhere into those a new one is held against; one known already stays as it is.</summary>
    public void Learn(IEnumerable<DriftDay> days)
    {
        reference.AddRange(days.Where(day => day.Sketches.Count == channels && reference.TrueForAll(known => known.DayTs != day.DayTs)));
        reference.Sort((a, b) => a.DayTs.CompareTo(b.DayTs));
        if (reference.Count > options.ReferenceDays)
            reference.RemoveRange(0, reference.Count - options.ReferenceDays);
    }

    private DriftVerdict? Close(long dayTs, Dictionary<string, DriftDay> symbols)
    {
        var watched = symbols.Where(s => s.Value.Count >= options.MinRows).ToDictionary();
        if (watched.Count == 0)
            return null;
        var whole = new DriftDay(dayTs, channels);
        foreach (var own in watched.Values)
            whole.Merge(own);
        var verdict = DriftTest.Judge(reference, whole, options);
        reference.Add(whole);
        if (reference.Count > options.ReferenceDays)
            reference.RemoveAt(0);
        return verdict with { Symbol = Strangest(watched, whole, verdict.Channel) };
    }

    private static string Strangest(Dictionary<string, DriftDay> symbols, DriftDay whole, int channel) => symbols
        .OrderBy(s => s.Key, StringComparer.Ordinal)
        .MaxBy(s => Sketch.DistanceToRest(s.Value.Sketches[channel], whole.Sketches[channel])).Key;
}
