namespace Hts.Training;

/// <summary>
/// Scaled features of chosen rows, each value replaced by the number of the bin it falls into, made once and shared by all trees.
/// Bins end at cuts near the quantiles of the rows: bin b of a column holds values up to cut b and above cut b − 1.
/// </summary>
internal sealed class FeatureBins
{
    /// <summary>Bins of a column.</summary>
    public const int Count = 64;

    private const int Cuts = Count - 1;
    private const int SampleRows = 8_192;

    private readonly int[] columns;
    private readonly float[] cuts;
    private readonly byte[] bins;

    /// <param name="columns">Features to take.</param>
    /// <param name="rows">Rows of the task's data set.</param>
    public FeatureBins(LearningTask task, int[] columns, ReadOnlySpan<int> rows)
    {
        this.columns = columns;
        Rows = rows.Length;
        var scaled = new float[task.Scaler.Count];
        cuts = CutsOf(task, columns, rows, scaled);
        bins = new byte[(long)rows.Length * columns.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            task.Scaler.Apply(task.Data.Features.Row(rows[i]), scaled);
            var into = bins.AsSpan(i * columns.Length, columns.Length);
            for (var c = 0; c < columns.Length; c++)
                into[c] = BinOf(cuts.AsSpan(c * Cuts, Cuts), scaled[columns[c]]);
        }
    }

    public int Rows { get; }

    public int Columns => columns.Length;

    /// <summary>The bins of a row, one a column.</summary>
    public ReadOnlySpan<byte> Row(int i) => bins.AsSpan(i * columns.Length, columns.Length);

    /// <summary>The feature that a column shows.</summary>
    public int FeatureOf(int column) => columns[column];

    /// <summary>The upper end of a bin: the threshold of a split behind it.</summary>
    public float CutOf(int column, int bin) => cuts[(column * Cuts) + bin];

    private static float[] CutsOf(LearningTask task, int[] columns, ReadOnlySpan<int> rows, float[] scaled)
    {
        var count = Math.Min(rows.Length, SampleRows);
        var sample = new float[columns.Length][];
        for (var c = 0; c < columns.Length; c++)
            sample[c] = new float[count];
        for (var i = 0; i < count; i++)
        {
            task.Scaler.Apply(task.Data.Features.Row(rows[(int)((long)i * rows.Length / count)]), scaled);
            for (var c = 0; c < columns.Length; c++)
                sample[c][i] = scaled[columns[c]];
        }
        var cuts = new float[columns.Length * Cuts];
        // Cuts that a column does not need lie above every value.
        Array.Fill(cuts, float.PositiveInfinity);
        for (var c = 0; c < columns.Length; c++)
        {
            Array.Sort(sample[c]);
            Place(sample[c], cuts.AsSpan(c * Cuts, Cuts));
        }
        return cuts;
    }

    /// <summary>Cuts between neighbouring different values, nearest to equal shares.</summary>
    private static void Place(ReadOnlySpan<float> sorted, Span<float> into)
    {
        var placed = 0;
        for (var k = 1; k < Count; k++)
        {
            var at = (int)((long)k * sorted.Length / Count);
            while (at > 0 && at < sorted.Length && sorted[at] == sorted[at - 1])
                at--;
            if (at == 0)
                continue;
            var cut = sorted[at - 1] + ((sorted[at] - sorted[at - 1]) / 2);
            // Between neighbours there may be no number: then the lower one is the cut.
            if (cut >= sorted[at])
                cut = sorted[at - 1];
            if (placed == 0 || cut > into[placed - 1])
                into[placed++] = cut;
        }
    }

    /// <summary>The first bin whose cut is not below the value: six halvings of 63 cuts.</summary>
    private static byte BinOf(ReadOnlySpan<float> cuts, float value)
    {
        var bin = 0;
        for (var half = Count / 2; half > 0; half /= 2)
            if (value > cuts[bin + half - 1])
                bin += half;
        return (byte)bin;
    }
}
