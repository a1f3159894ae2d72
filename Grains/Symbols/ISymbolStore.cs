namespace Hts.Symbols;

/// <summary>Durable list of symbols and of the spans in which each is predicted.</summary>
public interface ISymbolStore
{
    Task<IReadOnlyList<SymbolRecord>> List(CancellationToken cancellation);

    Task<SymbolRecord?> Find(string symbol, CancellationToken cancellation);

    /// <summary>
    /// Adds the symbol, or starts a stopped one again with a new span; an active one stays as it is. It is dealt to the first feed shard
    /// with room and stays there, so that no other symbol changes its connection.
    /// </summary>
    /// <param name="perShard">Most symbols of a shard.</param>
    Task<SymbolRecord> Add(string symbol, long nowMs, int perShard, CancellationToken cancellation);

    /// <summary>Sets the running span's first slot once; a later call changes nothing. Returns the slot in force.</summary>
    Task<long> StartSpan(string symbol, long firstSlot, CancellationToken cancellation);

    /// <summary>Ends the running span: <paramref name="stopSlot"/> is the first slot no longer predicted.</summary>
    Task Stop(string symbol, long stopSlot, CancellationToken cancellation);
}
