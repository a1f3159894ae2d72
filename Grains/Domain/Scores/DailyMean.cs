namespace Hts.Scores;

/// <summary>One UTC day of a <see cref="DailyMeans"/> series.</summary>
/// <param name="DayTs">The day's start, Unix ms UTC.</param>
/// <param name="Count">Values that the mean holds.</param>
public readonly record struct DailyMean(long DayTs, double Mean, long Count);
