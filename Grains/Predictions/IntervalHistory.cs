using Hts.Bars;
using Hts.Intervals;
using Hts.Ledgers;
using Hts.Strategies;
using Hts.Time;
using Microsoft.Extensions.Options;

namespace Hts.Predictions;

/// <summary>
/// One per silo: makes the intervals of symbols and reads what they have learned. Few are read at once: thousands of symbols that start
/// together must not keep the database from their ticks.
/// </summary>
internal sealed class IntervalHistory(ILedger ledger, StrategySet strategies, MarketClock clock, Grid grid, IOptions<PredictionOptions> options)
{
    private const int AtOnce = 2;
    private const int MostRoles = 12;

    private readonly IntervalOptions options = options.Value.Intervals;
    private readonly SemaphoreSlim turns = new(AtOnce);

    public SymbolIntervals Make() => new(strategies.Count, grid, options);

    /// <summary>The settled rows that a symbol's intervals rest on, oldest first.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> Read(string symbol)
    {
        await turns.WaitAsync();
        try
        {
            var now = clock.NowMs;
            var entries = await ledger.Read(
                new LedgerQuery(
                    symbol, now - (options.WindowSlots * grid.SlotMs), now, null, SettledOnly: true, options.WindowSlots * MostRoles),
                CancellationToken.None);
            return [.. entries.Reverse()];
        }
        finally
        {
            turns.Release();
        }
    }
}
