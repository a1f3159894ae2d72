using Hts.Hosting;
using Microsoft.Extensions.Options;

namespace Hts.Training;

internal sealed class TrainingScheduleOptionsValidator : IValidateOptions<TrainingScheduleOptions>
{
    public ValidateOptionsResult Validate(string? name, TrainingScheduleOptions options) => new OptionRules("Training")
        .Within(nameof(options.IntervalSeconds), options.IntervalSeconds, 600, 604_800)
        .Within(nameof(options.MinimumRows), options.MinimumRows, 1, 1_000_000)
        .Within(nameof(options.WindowDays), options.WindowDays, 1, 3_650)
        .Within(nameof(options.TimeoutSeconds), options.TimeoutSeconds, 10, 86_400)
        .Within(nameof(options.Attempts), options.Attempts, 1, 10)
        .Within(nameof(options.RetrySeconds), options.RetrySeconds, 1, 3_600)
        .Require(options.Members.Length > 0, nameof(options.Members), "empty", "at least one member")
        .Part(nameof(options.Gate), options.Gate.Validate)
        .Result();
}
