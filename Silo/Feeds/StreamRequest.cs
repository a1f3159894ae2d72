namespace Hts.Feeds;

/// <summary>A control request that waits for its answer.</summary>
/// <param name="Symbols">Those whose subscription the answer confirms; empty for a probe.</param>
/// <param name="AskedMs">Exchange time at which it was sent, or shortly before.</param>
/// <param name="SentAt">Real timestamp of sending.</param>
internal sealed record StreamRequest(IReadOnlyList<string> Symbols, long AskedMs, long SentAt);
