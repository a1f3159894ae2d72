using Hts.DataSets;

namespace Hts.Training;

/// <summary>
/// By how much one candidate's loss lies below another's on the same rows, and how sure that is. Rows of one instant move together and
/// those of neighbouring instants too, so not rows are counted but blocks of time.
/// </summary>
/// <param name="Gain">Mean over blocks of the block's mean gain; positive when the second is better.</param>
/// <param name="Error">Standard error of that mean; NaN with fewer than two blocks.</param>
/// <param name="Blocks">Blocks that hold rows.</param>
internal readonly record struct Lead(double Gain, double Error, int Blocks)
{
    /// <summary>Gain in standard errors; 0 where there is none.</summary>
    public double T => Error > 0 ? Gain / Error : 0;

    /// <param name="rows">Rows of the data set, one a loss.</param>
    /// <param name="blockSlots">Wanted length of a block; the span is cut into as many equal ones as come nearest to it.</param>
    public static Lead Of(DataSet data, int[] rows, double[] losses, double[] others, int blockSlots)
    {
        long first = long.MaxValue, last = long.MinValue;
        foreach (var row in rows)
        {
            first = Math.Min(first, data.BaseTs[row]);
            last = Math.Max(last, data.BaseTs[row]);
        }
        var span = rows.Length == 0 ? 0 : last - first + data.Header.SlotMs;
        var sums = new double[Math.Max(1, (int)Math.Round((double)span / data.Header.SlotMs / blockSlots))];
        var counts = new int[sums.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var block = (int)((Int128)(data.BaseTs[rows[i]] - first) * sums.Length / span);
            sums[block] += losses[i] - others[i];
            counts[block]++;
        }
        double[] means = [.. sums.Zip(counts).Where(b => b.Second > 0).Select(b => b.First / b.Second)];
        if (means.Length == 0)
            return new Lead(0, double.NaN, 0);
        var mean = means.Average();
        return new Lead(mean, Math.Sqrt(means.Sum(m => (m - mean) * (m - mean)) / (means.Length - 1) / means.Length), means.Length);
    }

    public bool IsClear(TrainingOptions options) => Blocks >= options.LeadMinBlocks && T >= options.LeadT;

    public override string ToString() => FormattableString.Invariant($"gain {Gain:0.000000}, t {T:0.0} over {Blocks} blocks");
}
