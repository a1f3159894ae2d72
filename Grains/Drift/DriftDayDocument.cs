namespace Hts.Drift;

/// <summary>One day in object storage.</summary>
/// <param name="DayTs">The day's start, Unix ms UTC.</param>
/// <param name="Parts">Whose counts are in it.</param>
/// <param name="Counts">The sketch of each channel.</param>
internal sealed record DriftDayDocument(long DayTs, IReadOnlyList<string> Parts, IReadOnlyList<long[]> Counts);
