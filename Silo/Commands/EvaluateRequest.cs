namespace Hts.Commands;

/// <summary>What <c>evaluate</c> was asked for.</summary>
/// <param name="Bars">File or folder of bars; null for the configured database.</param>
/// <param name="BarSeconds">Length of a bar; null for the installation's.</param>
/// <param name="Symbols">Empty for all.</param>
internal sealed record EvaluateRequest(
    string? Bars, int? BarSeconds, IReadOnlyList<string> Symbols, long? FromTs, long? ToTs, DirectoryInfo Report, DirectoryInfo DataDir);
