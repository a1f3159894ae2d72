namespace Hts.Live;

/// <summary>What a client is subscribed to after its call; messages after <paramref name="Seq"/> will come.</summary>
internal sealed record LiveSubscriptions(string Stream, long Seq, IReadOnlyList<string> Symbols);
