using Hts.Time;
using Microsoft.Extensions.Options;

namespace Hts.Postgres;

/// <summary>Does the upkeep of the database, round after round. Rounds follow real time; what they keep follows the market's.</summary>
internal sealed partial class StorageKeeper(
    PostgresStore store, MarketClock clock, TimeProvider realTime, IOptions<RetentionOptions> options, ILogger<StorageKeeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Tell(await store.Upkeep.Run(options.Value, clock.NowMs, stoppingToken));
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }
            catch (Exception)
            {
                // Broken off by the stop; everything is resumed where it was.
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(options.Value.UpkeepSeconds), realTime, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Tell(UpkeepReport report)
    {
        if (report.Hours > 0)
            LogRolled(logger, report.Hours);
        foreach (var day in report.Days)
            LogDroppedDay(logger, Timestamps.Iso(day));
        foreach (var month in report.Months)
            LogDroppedMonth(logger, Timestamps.Iso(month));
        if (report.States > 0)
            LogThinned(logger, report.States);
        if (!report.Complete)
            LogLeft(logger);
    }
}
