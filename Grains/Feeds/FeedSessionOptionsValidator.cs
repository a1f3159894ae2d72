using Hts.Hosting;
using Microsoft.Extensions.Options;

namespace Hts.Feeds;

internal sealed class FeedSessionOptionsValidator : IValidateOptions<FeedSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, FeedSessionOptions options) => new OptionRules("Feed")
        .Within(nameof(options.BackfillDays), options.BackfillDays, 0, 3_650)
        .Within(nameof(options.PublicationDelayMs), options.PublicationDelayMs, 0, 600_000)
        .Within(nameof(options.KlineMinutes), options.KlineMinutes, 1, 1_440)
        .Within(nameof(options.BufferedTrades), options.BufferedTrades, 100, 10_000_000)
        .Within(nameof(options.ParallelRepairs), options.ParallelRepairs, 1, 64)
        .Within(nameof(options.ParallelBackfills), options.ParallelBackfills, 1, 64)
        .Within(nameof(options.RepairAttempts), options.RepairAttempts, 1, 100)
        .Within(nameof(options.RewindMinutes), options.RewindMinutes, 1, 10_080)
        .Within(nameof(options.VerifyQuietSeconds), options.VerifyQuietSeconds, 5, 86_400)
        .Within(nameof(options.ConnectionHours), options.ConnectionHours, 0.1, 24)
        .Within(nameof(options.ReconnectMs), options.ReconnectMs, 10, 30_000)
        .Within(nameof(options.StatusSeconds), options.StatusSeconds, 1, 3_600)
        .Result();
}
