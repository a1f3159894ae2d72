namespace Hts.Postgres;

/// <summary>What a round of upkeep did.</summary>
/// <param name="Hours">Hours of a symbol rolled up.</param>
/// <param name="Days">Starts of the days of base bars that were dropped, Unix ms.</param>
/// <param name="Months">Starts of the months of one-minute bars that were dropped.</param>
/// <param name="States">Restart states taken out.</param>
/// <param name="Complete">False when something that is no longer kept could not be dropped now, and will be tried again.</param>
internal sealed record UpkeepReport(int Hours, IReadOnlyList<long> Days, IReadOnlyList<long> Months, long States, bool Complete);
