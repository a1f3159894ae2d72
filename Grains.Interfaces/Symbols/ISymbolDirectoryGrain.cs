using Orleans.Concurrency;

namespace Hts.Symbols;

/// <summary>The list of symbols; key 0.</summary>
[Alias("hts.symbol-directory")]
public interface ISymbolDirectoryGrain : IGrainWithIntegerKey
{
    [ReadOnly, Alias("list")]
    Task<IReadOnlyList<SymbolMessage>> List();

    /// <summary>Null when the symbol is not known.</summary>
    [ReadOnly, Alias("find")]
    Task<SymbolMessage?> Find(string symbol);

    /// <summary>Adds a symbol at run time, or starts a stopped one again; null when done, else why not.</summary>
    [Alias("add")]
    Task<string?> Add(string symbol);

    /// <summary>Stops a symbol; its history stays. False when it is not known.</summary>
    [Alias("stop")]
    Task<bool> Stop(string symbol);
}
