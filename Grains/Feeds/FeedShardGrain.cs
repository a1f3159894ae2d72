using Hts.Bars;
using Hts.Symbols;
using Hts.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hts.Feeds;

/// <summary>
/// Owns one connection to the exchange. The reminder brings it back on another silo when its own dies; what happened meanwhile is
/// fetched from the last stored trade on.
/// </summary>
internal sealed class FeedShardGrain(
    IExchange exchange, IFeedSink sink, ISymbolStore symbols, MarketClock clock, Grid grid, IOptions<FeedSessionOptions> options,
    ILogger<FeedShardGrain> logger) : Grain, IFeedShardGrain, IRemindable
{
    /// <summary>Most symbols that one connection carries.</summary>
    public const int SymbolsPerShard = 200;

    /// <summary>The shards that symbols are dealt to.</summary>
    public static IReadOnlyList<int> ShardsOf(IEnumerable<SymbolRecord> symbols) => [.. symbols.Select(s => s.Shard).Distinct().Order()];

    private const string Alive = "alive";
    private FeedSession? session;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DelayDeactivation(TimeSpan.FromDays(365));
        var minute = TimeSpan.FromMinutes(1);
        // One real minute whatever the clock's speed: this watches a process, not the market.
        await this.RegisterOrUpdateReminder(Alive, clock.FromReal(minute), clock.FromReal(minute), cancellationToken);
        session = new FeedSession(exchange, sink, clock, grid, options.Value, logger);
        await Refresh();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (session is not null)
            await session.DisposeAsync();
    }

    public async Task Refresh()
    {
        var shard = (int)this.GetPrimaryKeyLong();
        var mine = (await symbols.List(CancellationToken.None))
            .Where(s => s.Active && s.Shard == shard)
            .Select(s => s.Name)
            .ToArray();
        session!.Carry(mine);
    }

    public Task<IReadOnlyList<FeedStatusMessage>> Status() => Task.FromResult(session!.Statuses());

    public Task ReceiveReminder(string reminderName, TickStatus status) => Refresh();
}
