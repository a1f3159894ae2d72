using Hts.Bars;
using Hts.Strategies;
using Hts.Time;
using Orleans.Concurrency;

namespace Hts.Status;

[StatelessWorker]
internal sealed class SystemGrain(MarketClock clock, Grid grid, StrategySet strategies, MarketName market) : Grain, ISystemGrain
{
    public Task<SystemStatus> Status() => Task.FromResult(new SystemStatus(
        clock.NowMs, clock.Factor, (int)(grid.BarMs / 1000), (int)(grid.SlotMs / 1000), strategies.Names, market.Value));
}
