namespace Hts.DataSets;

/// <summary>Keeps the rows of a data set in memory, under the same rules as a file's.</summary>
internal sealed class RowMemory(DataSetHeader header) : IRowSink
{
    private readonly int activeCount = header.ActiveCount;

    public DataSet Data { get; } = new(header);

    public long Rows => Data.Count;

    public ValueTask Write(DataSetRow row, CancellationToken cancellation)
    {
        if (row.BrokenRule(header, activeCount) is { } rule)
            throw new DataSetException("memory", Rows, rule);
        Data.Add(row.Symbol, row.BaseTs, row.Features, row.SigmaSlot, row.Standing, row.Gross, row.Sides);
        return ValueTask.CompletedTask;
    }
}
