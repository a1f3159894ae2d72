using Hts.Commands;

namespace Hts.Imports;

/// <summary>What to import of a table.</summary>
/// <param name="Kind">supabase or postgres.</param>
/// <param name="FromTs">First open time, Unix ms.</param>
/// <param name="ToTs">End, Unix ms; bars that end after now never count.</param>
/// <param name="BadRows">Where bad rows are listed; null for a file in the data folder.</param>
/// <param name="Again">True reads from the beginning even where an earlier import got further.</param>
internal sealed record TableRequest(
    string Kind, string Symbol, string Table, long FromTs, long ToTs, DirectoryInfo DataDir, int MaxQuietSeconds, FileInfo? BadRows, bool Again)
{
    public string BadRowsIn(string dataFolder) => BadRows?.FullName ?? ImportRequest.DefaultBadRows(dataFolder, Kind);
}
