using Hts.Bars;
using Hts.Exchange;
using Hts.Strategies;
using Hts.Time;

namespace Hts.Hosting;

/// <summary>What a silo's host is built from.</summary>
/// <param name="Market">The built-in market; null for Binance.</param>
/// <param name="Exchange">The server that plays it; null for Binance.</param>
internal sealed record SiloParts(
    SiloPlan Plan, IConfiguration Configuration, StorageAccess Storage, MarketClock Clock, Grid Grid, StrategySet Strategies,
    ClusterMemberOptions Member, MarketOrigin? Market, ExchangeServer? Exchange);
