namespace Hts.Splits;

/// <summary>
/// Chronological parts of a data set, as row numbers in the order given. Rows may be pooled over symbols: the cut is in time, so one
/// instant never stands in two parts, and between two parts lies a purge in which rows belong to none.
/// </summary>
/// <param name="Train">Rows to fit on: the earliest.</param>
/// <param name="Validation">Rows to choose on.</param>
/// <param name="Test">Rows to judge on, kept back from both: the latest.</param>
/// <param name="ValidationFromTs">First base_ts of the validation part; <see cref="long.MaxValue"/> when it is empty.</param>
/// <param name="TestFromTs">First base_ts of the test part; <see cref="long.MaxValue"/> when it is empty.</param>
/// <param name="Purged">Number of rows that belong to no part.</param>
public sealed record PurgedSplit(int[] Train, int[] Validation, int[] Test, long ValidationFromTs, long TestFromTs, int Purged)
{
    /// <summary>
    /// The purge of <see cref="SplitOptions"/>: a row of base_ts t looks at [t − featureOverlapMs, t) and learns from [t, t + slotMs),
    /// so two rows share no bar when they lie at least the sum of both apart.
    /// </summary>
    public static long PurgeMs(long slotMs, long featureOverlapMs) => slotMs + featureOverlapMs;

    /// <summary>
    /// Cuts the distinct instants by share: the latest to test, those before to validation, the rest to training; then drops from the
    /// earlier part of each cut the rows nearer to it than the purge. Too few rows leave parts empty: the caller decides what that means.
    /// </summary>
    /// <param name="baseTs">Unix ms UTC of each row, in any order.</param>
    /// <param name="purgeMs">Distance that rows of two parts keep at least, ms; see <see cref="PurgeMs"/>.</param>
    public static PurgedSplit Make(ReadOnlySpan<long> baseTs, long purgeMs, SplitOptions? options = null)
    {
        options ??= new();
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(purgeMs);

        var instants = Distinct(baseTs);
        var testFrom = Boundary(instants, instants.Length, options.TestShare, out var beforeTest);
        var validationFrom = Boundary(instants, beforeTest, options.ValidationShare / (1 - options.TestShare), out _);

        List<int> train = [], validation = [], test = [];
        for (var row = 0; row < baseTs.Length; row++)
        {
            var ts = baseTs[row];
            if (ts >= testFrom)
                test.Add(row);
            else if (ts >= validationFrom && Clear(ts, testFrom, purgeMs))
                validation.Add(row);
            else if (ts < validationFrom && Clear(ts, validationFrom, purgeMs) && Clear(ts, testFrom, purgeMs))
                train.Add(row);
        }

        var purged = baseTs.Length - train.Count - validation.Count - test.Count;
        return new([.. train], [.. validation], [.. test], validationFrom, testFrom, purged);
    }

    /// <summary>
    /// Cuts the given rows of a data set in two for the choice of a penalty or a slope: the latest share to validation, purged as above.
    /// <see cref="Test"/> stays empty.
    /// </summary>
    /// <param name="rows">Row numbers, for instance the training part of an outer split.</param>
    public static PurgedSplit Inner(ReadOnlySpan<long> baseTs, ReadOnlySpan<int> rows, long purgeMs, double validationShare = 0.25)
    {
        var subset = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            subset[i] = baseTs[rows[i]];
        var split = Make(subset, purgeMs, new SplitOptions { ValidationShare = validationShare, TestShare = 0 });
        return split with { Train = Rows(split.Train, rows), Validation = Rows(split.Validation, rows) };
    }

    private static int[] Rows(int[] places, ReadOnlySpan<int> rows)
    {
        var result = new int[places.Length];
        for (var i = 0; i < places.Length; i++)
            result[i] = rows[places[i]];
        return result;
    }

    private static bool Clear(long ts, long boundary, long purgeMs) => boundary == long.MaxValue || ts <= boundary - purgeMs;

    private static long[] Distinct(ReadOnlySpan<long> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var count = 0;
        foreach (var value in sorted)
            if (count == 0 || sorted[count - 1] != value)
                sorted[count++] = value;
        return sorted[..count];
    }

    /// <summary>The first instant of the last <paramref name="share"/> of the first <paramref name="count"/> instants.</summary>
    private static long Boundary(long[] instants, int count, double share, out int before)
    {
        before = count - (int)Math.Round(count * share);
        return before < count ? instants[before] : long.MaxValue;
    }
}
