namespace Hts.DataSets;

/// <summary>Rows of features in blocks of bounded size, so that a year of several symbols fits without one giant array.</summary>
internal sealed class FeatureMatrix(int columns)
{
    private const int BlockRows = 4096;
    private readonly List<float[]> blocks = [];

    public int Columns { get; } = columns;

    public int Rows { get; private set; }

    public ReadOnlySpan<float> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
        return blocks[row / BlockRows].AsSpan(row % BlockRows * Columns, Columns);
    }

    /// <summary>Appends a row and gives its place to write to.</summary>
    public Span<float> Add()
    {
        if (Rows == blocks.Count * BlockRows)
            blocks.Add(new float[BlockRows * Columns]);
        var row = Rows++;
        return blocks[row / BlockRows].AsSpan(row % BlockRows * Columns, Columns);
    }
}
