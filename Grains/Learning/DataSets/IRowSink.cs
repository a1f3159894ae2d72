namespace Hts.DataSets;

/// <summary>Where the rows of a data set go: a file, or memory.</summary>
internal interface IRowSink
{
    /// <summary>Rows taken so far.</summary>
    long Rows { get; }

    /// <exception cref="DataSetException">The row breaks a rule; it was not taken.</exception>
    ValueTask Write(DataSetRow row, CancellationToken cancellation);
}
