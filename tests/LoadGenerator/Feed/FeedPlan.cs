namespace Hts.Load.Feed;

/// <summary>What a run of <c>feed</c> does.</summary>
/// <param name="Rate">Factor on the paces of the symbols.</param>
/// <param name="Settings">Further settings of the silo.</param>
internal sealed record FeedPlan(int Symbols, TimeSpan Duration, double Rate, long Seed, IReadOnlyList<(string Key, string Value)> Settings, string ReportFile);
