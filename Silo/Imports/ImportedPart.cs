namespace Hts.Imports;

/// <summary>A file, or a stretch of a table, whose bars are all stored.</summary>
/// <param name="Key">What it is: name, length, time of change and how it was read.</param>
internal sealed record ImportedPart(string Key, IReadOnlyList<ImportedSpan> Spans);
