namespace Hts.Symbols;

/// <summary>A symbol as the system knows it.</summary>
/// <param name="Name">Upper case, as the exchange spells it.</param>
/// <param name="FirstSlot">First slot to be predicted in the running span, Unix ms; null until history is there.</param>
/// <param name="StoppedAt">First slot no longer predicted; null while it is active.</param>
/// <param name="Shard">The feed shard that carries the symbol while it is active; dealt when its span begins and never changed.</param>
public sealed record SymbolRecord(string Name, bool Active, long AddedAt, long? FirstSlot, long? StoppedAt, int Shard = 0);
