using Hts.Symbols;

namespace Hts.Tests.Cluster;

public sealed class FakeSymbolDirectoryGrain(FakeWorld world) : Grain, ISymbolDirectoryGrain
{
    public Task<IReadOnlyList<SymbolMessage>> List() => Task.FromResult<IReadOnlyList<SymbolMessage>>([.. world.Symbols.Values.OrderBy(s => s.Name)]);

    public Task<SymbolMessage?> Find(string symbol)
    {
        world.Activated.TryAdd("find:" + symbol, true);
        return Task.FromResult(world.Symbols.GetValueOrDefault(symbol));
    }

    public Task<string?> Add(string symbol)
    {
        if (symbol == "NOSUCH")
            return Task.FromResult<string?>("The exchange does not trade NOSUCH.");
        world.AddSymbol(symbol);
        return Task.FromResult<string?>(null);
    }

    public Task<bool> Stop(string symbol)
    {
        if (!world.Symbols.TryGetValue(symbol, out var known))
            return Task.FromResult(false);
        world.Symbols[symbol] = known with { State = "stopped", StoppedAt = FakeWorld.Now };
        return Task.FromResult(true);
    }
}
