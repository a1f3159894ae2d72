namespace Hts.Scores;

/// <summary>Means per UTC day of a value that comes per symbol and slot: the series on which models are compared.</summary>
public sealed class DailyMeans
{
    private const long DayMs = 86_400_000;

    private readonly SortedDictionary<long, (double Sum, long Count)> days = [];

    /// <summary>The days in order of time.</summary>
    public IEnumerable<DailyMean> Days => days.Select(day => new DailyMean(day.Key, day.Value.Sum / day.Value.Count, day.Value.Count));

    /// <param name="ts">Unix ms UTC, not negative.</param>
    public void Add(long ts, double value)
    {
        var day = ts - (ts % DayMs);
        var (sum, count) = days.GetValueOrDefault(day);
        days[day] = (sum + value, count + 1);
    }

    public void Merge(DailyMeans other)
    {
        foreach (var (day, (sum, count)) in other.days)
        {
            var mine = days.GetValueOrDefault(day);
            days[day] = (mine.Sum + sum, mine.Count + count);
        }
    }

    /// <summary>Mean over days of the days' means and its standard error s/√n; null with no day, an error only from two days on.</summary>
    public (double? Mean, double? StandardError) Summary()
    {
        var means = Days.Select(day => day.Mean).ToArray();
        if (means.Length == 0)
            return (null, null);
        var mean = means.Average();
        if (means.Length == 1)
            return (mean, null);
        var variance = means.Sum(m => (m - mean) * (m - mean)) / (means.Length - 1);
        return (mean, Math.Sqrt(variance / means.Length));
    }
}
