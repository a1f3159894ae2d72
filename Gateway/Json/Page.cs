namespace Hts.Json;

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">Give it back as <c>cursor</c> for the next page; null on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
