namespace Hts.Evaluation;

/// <summary>The UTC days of a walk: the blocks of the bootstrap and of the gate.</summary>
internal sealed class WalkDays
{
    public WalkDays(Walk walk)
    {
        Number = new int[walk.Data.Count];
        Scored = new int[walk.Data.Count];
        List<long> starts = [];
        var scoredDay = -1;
        for (var row = 0; row < Number.Length; row++)
        {
            var start = DayOf(walk.Data.BaseTs[row]);
            var begins = starts.Count == 0 || starts[^1] != start;
            if (begins)
                starts.Add(start);
            Number[row] = starts.Count - 1;
            if (row >= walk.ScoredFrom && (begins || row == walk.ScoredFrom))
                scoredDay++;
            Scored[row] = scoredDay;
        }
        Starts = starts;
        ScoredStarts = [.. starts.Skip(starts.Count - (scoredDay + 1))];
    }

    /// <summary>Number of each row's day in <see cref="Starts"/>.</summary>
    public int[] Number { get; }

    /// <summary>Number of each row's day in <see cref="ScoredStarts"/>; −1 before what is scored.</summary>
    public int[] Scored { get; }

    /// <summary>Beginning of each day, Unix ms UTC.</summary>
    public IReadOnlyList<long> Starts { get; }

    public IReadOnlyList<long> ScoredStarts { get; }

    /// <summary>The calendar month of an instant, as <c>2022-01</c>.</summary>
    public static string MonthOf(long ts) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ts).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The beginning of an instant's day.</summary>
    public static long DayOf(long ts) => ts - (ts % FoldPlan.DayMs);
}
