using Hts.Hosting;
using Microsoft.Extensions.Options;

namespace Hts.Training;

internal sealed class RunRetentionOptionsValidator : IValidateOptions<RunRetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, RunRetentionOptions options) => new OptionRules("Training:Retention")
        .Within(nameof(options.DataSetDays), options.DataSetDays, 0, 3_650)
        .Within(nameof(options.ModelDays), options.ModelDays, 0, 3_650)
        .Within(nameof(options.Predecessors), options.Predecessors, 2, 1_000)
        .Within(nameof(options.SafetyHours), options.SafetyHours, 1, 8_760)
        .Result();
}
