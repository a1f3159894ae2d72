namespace Hts.Drift;

/// <summary>What object storage holds of one thing watched.</summary>
/// <param name="Channels">Names the channels' meaning.</param>
/// <param name="Days">Oldest first.</param>
internal sealed record DriftDocument(string Channels, IReadOnlyList<DriftDayDocument> Days);
