using Hts.DataSets;

namespace Hts.Evaluation;

/// <summary>Rows of a data set in order of time, found by their instants of decision.</summary>
internal static class TimeOrdered
{
    /// <summary>The first row at or after an instant.</summary>
    public static int RowAt(this DataSet data, long ts)
    {
        int low = 0, high = data.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (data.BaseTs[middle] < ts)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>The rows from an instant up to another, as numbers.</summary>
    public static int[] Rows(this DataSet data, long fromTs, long toTs) => Rows(data.RowAt(fromTs), data.RowAt(toTs));

    public static int[] Rows(int from, int to) => [.. Enumerable.Range(from, Math.Max(0, to - from))];
}
