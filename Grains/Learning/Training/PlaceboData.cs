using Hts.DataSets;

namespace Hts.Training;

/// <summary>Data sets in which features and labels have nothing to do with each other.</summary>
internal static class PlaceboData
{
    /// <summary>
    /// Deals the labels out anew among the slots of each symbol: nothing of time is left. Symbols go together as far as they have the
    /// same slots, so that what they share in a slot stays shared.
    /// </summary>
    /// <param name="rows">Rows to take.</param>
    public static DataSet Shuffled(DataSet data, IReadOnlyList<int> rows, int seed)
    {
        var labelOf = new int[data.Count];
        foreach (var group in rows.GroupBy(row => data.Symbol[row]))
        {
            int[] inTime = [.. group.OrderBy(row => data.BaseTs[row])];
            int[] dealt = [.. inTime.OrderBy(row => Draw(seed, data.BaseTs[row]))];
            for (var i = 0; i < inTime.Length; i++)
                labelOf[inTime[i]] = dealt[i];
        }
        var placebo = new DataSet(data.Header);
        foreach (var row in rows)
            Add(placebo, data, data.BaseTs[row], row, labelOf[row]);
        return placebo;
    }

    /// <summary>Gives each row the features of the same symbol a while before; rows without such a one are left out.</summary>
    public static DataSet Shifted(DataSet data, IReadOnlyList<int> rows, long shiftMs)
    {
        Dictionary<(int Symbol, long Ts), int> places = new(data.Count);
        for (var row = 0; row < data.Count; row++)
            places[(data.Symbol[row], data.BaseTs[row])] = row;
        var placebo = new DataSet(data.Header);
        foreach (var row in rows)
            if (places.TryGetValue((data.Symbol[row], data.BaseTs[row] - shiftMs), out var before))
                Add(placebo, data, data.BaseTs[row], before, row);
        return placebo;
    }

    private static void Add(DataSet placebo, DataSet data, long ts, int features, int label)
    {
        var sigma = data.Sigma(features);
        var gross = data.Gross(label).ToArray();
        for (var s = 0; s < gross.Length; s++)
            gross[s] *= sigma / data.Sigma(label);
        placebo.Add(
            data.Symbols[data.Symbol[label]], ts, data.Features.Row(features), sigma, data.Standing(features), gross, data.Sides(label));
    }

    private static ulong Draw(int seed, long ts) => new SplitMix(new SplitMix((ulong)seed).Next() ^ (ulong)ts).Next();
}
