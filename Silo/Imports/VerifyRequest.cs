namespace Hts.Imports;

/// <summary>What to compare.</summary>
/// <param name="Symbol">Null takes it from rows and file names.</param>
/// <param name="FromTs">First open time to compare, Unix ms.</param>
/// <param name="ToTs">End of what is compared, Unix ms.</param>
/// <param name="Json">True prints a line of JSON for each difference.</param>
internal sealed record VerifyRequest(
    string[] Paths, string? Symbol, long FromTs, long ToTs, int MaxQuietSeconds, bool Json, DirectoryInfo DataDir);
