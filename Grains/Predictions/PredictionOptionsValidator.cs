using Hts.Hosting;
using Microsoft.Extensions.Options;

namespace Hts.Predictions;

internal sealed class PredictionOptionsValidator : IValidateOptions<PredictionOptions>
{
    public ValidateOptionsResult Validate(string? name, PredictionOptions options) => new OptionRules("Prediction")
        .Within(nameof(options.ToleranceSeconds), options.ToleranceSeconds, 1, 600)
        .Within(nameof(options.MaxModelAgeHours), options.MaxModelAgeHours, 1, 87_600)
        .Within(nameof(options.SettleGraceSeconds), options.SettleGraceSeconds, 60, 86_400)
        .Within(nameof(options.SettleDelaySeconds), options.SettleDelaySeconds, 0, 3_600)
        .Within(nameof(options.LeaderWaitSeconds), options.LeaderWaitSeconds, 0, options.ToleranceSeconds)
        .Within(nameof(options.ShadowSymbols), options.ShadowSymbols, 0, 100_000)
        .Within(nameof(options.Challengers), options.Challengers, 0, 10)
        .Part(nameof(options.Intervals), options.Intervals.Validate)
        .Result();
}
