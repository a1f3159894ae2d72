using Hts.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hts.Audits;

/// <summary>Keeps the night's reminder: one activation in the cluster, so one check a night.</summary>
internal sealed partial class FeatureAuditGrain(
    FeatureAuditor auditor, MarketClock clock, IOptions<FeatureAuditOptions> options, IHostApplicationLifetime lifetime,
    ILogger<FeatureAuditGrain> logger) : Grain, IFeatureAuditGrain, IRemindable
{
    private const string EachNight = "night";
    private const long DayMs = 86_400_000;

    private readonly FeatureAuditOptions options = options.Value;

    public async Task Start()
    {
        if (options.Enabled)
            await this.RegisterOrUpdateReminder(EachNight, TimeSpan.FromMilliseconds(NextAt(clock.NowMs) - clock.NowMs), TimeSpan.FromMilliseconds(DayMs));
        else if (await this.GetReminder(EachNight) is { } reminder)
            await this.UnregisterReminder(reminder);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        try
        {
            await auditor.Check(clock.NowMs, lifetime.ApplicationStopping);
        }
        catch (Exception e) when (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The next night is another day's: what failed is told and not lost sight of.
            LogFailed(logger, e);
        }
    }

    private long NextAt(long nowMs)
    {
        var today = nowMs - (nowMs % DayMs) + (options.MinutesAfterMidnight * 60_000L);
        return nowMs < today ? today : today + DayMs;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The nightly check of features failed")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
