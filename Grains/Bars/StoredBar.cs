namespace Hts.Bars;

/// <summary>A bar as it is stored.</summary>
/// <param name="KnownAt">When we could first have known this content, Unix ms.</param>
/// <param name="Revision">0 at first, one more each time late trades changed the bar.</param>
/// <param name="Backfilled">True when it was fetched or imported later: <paramref name="KnownAt"/> is then no time of receipt.</param>
public readonly record struct StoredBar(Bar Bar, long KnownAt, int Revision, bool Backfilled = false);
