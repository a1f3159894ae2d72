namespace Hts.Commands;

/// <summary>What to import.</summary>
/// <param name="Symbol">Null takes it from rows and file names.</param>
/// <param name="MaxQuietSeconds">Longer silence is a hole.</param>
internal sealed record ImportRequest(string[] Paths, string? Symbol, DirectoryInfo DataDir, int MaxQuietSeconds);
