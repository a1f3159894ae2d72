namespace Hts.DataSets;

/// <summary>
/// Rows of features in blocks of bounded size, so that a year of several symbols fits without one giant array. A view of chosen rows
/// shares the blocks.
/// </summary>
internal sealed class FeatureMatrix
{
    private const int BlockRows = 4096;
    private readonly List<float[]> blocks;
    private readonly int[]? chosen;

    public FeatureMatrix(int columns)
    {
        Columns = columns;
        blocks = [];
    }

    private FeatureMatrix(int columns, List<float[]> blocks, int[] chosen)
    {
        Columns = columns;
        this.blocks = blocks;
        this.chosen = chosen;
        Rows = chosen.Length;
    }

    public int Columns { get; }

    public int Rows { get; private set; }

    public ReadOnlySpan<float> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
        var place = Place(row);
        return blocks[place / BlockRows].AsSpan(place % BlockRows * Columns, Columns);
    }

    /// <summary>Appends a row and gives its place to write to.</summary>
    public Span<float> Add()
    {
        if (chosen is not null)
            throw new InvalidOperationException("A view of chosen rows takes no further ones.");
        if (Rows == blocks.Count * BlockRows)
            blocks.Add(new float[BlockRows * Columns]);
        var row = Rows++;
        return blocks[row / BlockRows].AsSpan(row % BlockRows * Columns, Columns);
    }

    /// <summary>A view of the given rows in the order given.</summary>
    public FeatureMatrix Choose(ReadOnlySpan<int> rows)
    {
        var places = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            places[i] = Place(rows[i]);
        return new FeatureMatrix(Columns, blocks, places);
    }

    private int Place(int row) => chosen is null ? row : chosen[row];
}
