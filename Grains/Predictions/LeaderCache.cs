using Hts.Features;
using Hts.Markets;
using Hts.Symbols;

namespace Hts.Predictions;

/// <summary>One per silo: the leading symbol's returns, asked for once a slot on behalf of all symbols.</summary>
internal sealed class LeaderCache(IGrainFactory grains, ISymbolStore symbols, FeatureSchema schema)
{
    private readonly string leader = schema.LeaderSymbol;
    private readonly Lock gate = new();
    private long newestSlot = long.MinValue;
    private Task<LeaderReply?> newest = Task.FromResult<LeaderReply?>(null);

    /// <summary>
    /// The leader's answer, which may be that it is not ready yet; null when there is no active leader, and for the leader itself.
    /// </summary>
    public Task<LeaderReply?> For(string symbol, long baseTs)
    {
        if (symbol == leader)
            return Task.FromResult<LeaderReply?>(null);
        lock (gate)
        {
            var settled = newest is { IsCompletedSuccessfully: true } done && IsFinal(done);
            if (baseTs == newestSlot && (settled || !newest.IsCompleted))
                return newest;
            var asked = Ask(baseTs);
            if (baseTs >= newestSlot)
                (newestSlot, newest) = (baseTs, asked);
            return asked;
        }
    }

    private static bool IsFinal(Task<LeaderReply?> done) =>
        done.GetAwaiter().GetResult() is not { Readiness: Readiness.NotYet };

    private async Task<LeaderReply?> Ask(long baseTs)
    {
        if (leader.Length == 0 || await symbols.Find(leader, CancellationToken.None) is not { Active: true, FirstSlot: not null })
            return null;
        return await grains.GetGrain<IMarketGrain>(leader).LeaderReturns(baseTs);
    }
}
