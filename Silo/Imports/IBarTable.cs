namespace Hts.Imports;

/// <summary>A table of bars in another system.</summary>
internal interface IBarTable : IAsyncDisposable
{
    /// <summary>What it is called in messages and in the journal; holds no secret.</summary>
    string Name { get; }

    /// <summary>Rows of a symbol with time in [fromTs, toTs), Unix ms, ascending. A table without a column for symbols has rows of one symbol only.</summary>
    /// <exception cref="Commands.UserErrorException">The source refuses, cannot be reached, or has no such table.</exception>
    IAsyncEnumerable<TableRow> Read(string symbol, long fromTs, long toTs, CancellationToken cancellation);
}
