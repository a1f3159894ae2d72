using System.Globalization;

namespace Hts.Commands;

/// <summary>What to import.</summary>
/// <param name="Kind">trades or bars.</param>
/// <param name="Symbol">Null takes it from rows and file names.</param>
/// <param name="MaxQuietSeconds">Longer silence is a hole.</param>
/// <param name="BadRows">Where bad rows are listed; null for a file in the data folder.</param>
/// <param name="Again">True reads files that were imported before, too.</param>
internal sealed record ImportRequest(
    string Kind, string[] Paths, string? Symbol, DirectoryInfo DataDir, int MaxQuietSeconds, FileInfo? BadRows, bool Again)
{
    public string BadRowsIn(string dataFolder) => BadRows?.FullName ?? DefaultBadRows(dataFolder, Kind);

    public static string DefaultBadRows(string dataFolder, string kind)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        return Path.Combine(dataFolder, $"import-{kind}-{now}.bad.csv");
    }
}
