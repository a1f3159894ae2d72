namespace Hts.DataSets;

/// <summary>A data set file breaks a rule; the message names file, row and rule.</summary>
public sealed class DataSetException : Exception
{
    /// <param name="row">Number of the row from 0, or null when the fault concerns the whole file.</param>
    public DataSetException(string file, long? row, string rule, Exception? inner = null)
        : base($"{Path.GetFileName(file)}{(row is null ? string.Empty : $", row {row}")}: {rule}.", inner)
    {
        File = file;
        Row = row;
        Rule = rule;
    }

    public string File { get; }

    public long? Row { get; }

    public string Rule { get; }
}
