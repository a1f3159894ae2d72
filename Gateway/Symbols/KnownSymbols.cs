using System.Collections.Concurrent;
using Hts.Hosting;

namespace Hts.Symbols;

/// <summary>
/// Which names are symbols of the directory. A symbol once added stays known, so a yes is kept; a no is asked each time.
/// No other grain is ever called by a name that did not pass here.
/// </summary>
internal sealed class KnownSymbols(ClusterCalls cluster)
{
    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);

    public ValueTask<bool> Contains(string name)
    {
        if (known.ContainsKey(name))
            return ValueTask.FromResult(true);
        return SymbolName.IsValid(name) ? new ValueTask<bool>(Ask(name)) : ValueTask.FromResult(false);
    }

    private async Task<bool> Ask(string name)
    {
        if (await cluster.Read(name, static (grains, n) => grains.GetGrain<ISymbolDirectoryGrain>(0).Find(n)) is null)
            return false;
        known.TryAdd(name, true);
        return true;
    }
}
