namespace Hts.Feeds;

/// <summary>A feed was lost when its bars were stored up to <paramref name="FromTs"/>.</summary>
internal sealed record Outage(long FromTs, string Cause);
