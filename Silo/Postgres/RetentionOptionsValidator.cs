using Hts.Training;
using Microsoft.Extensions.Options;

namespace Hts.Postgres;

/// <summary>Retention must leave what runs its data: a training reads base bars as far back as its window.</summary>
internal sealed class RetentionOptionsValidator(IOptions<TrainingScheduleOptions> training) : IValidateOptions<RetentionOptions>
{
    private const int MostDays = 36_500;

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        var failures = new List<string>();
        var window = training.Value.WindowDays;
        Require(options.BarDays == 0 || options.BarDays is > 0 and <= MostDays && options.BarDays >= window,
            nameof(options.BarDays), options.BarDays, $"0 (all) or {window} (Training:WindowDays) to {MostDays}");
        Require(options.RollUpDays == 0 || options.RollUpDays <= MostDays && options.BarDays > 0 && options.RollUpDays >= options.BarDays,
            nameof(options.RollUpDays), options.RollUpDays, options.BarDays == 0 ? "0 (all), as for BarDays" : $"0 (all) or {options.BarDays} (BarDays) to {MostDays}");
        Require(options.StateDays is >= 0 and <= MostDays, nameof(options.StateDays), options.StateDays, $"0 (all) to {MostDays}");
        Require(options.DaysAhead is >= 1 and <= 30, nameof(options.DaysAhead), options.DaysAhead, "1 to 30");
        Require(options.RollUpAfterMinutes is >= 0 and <= 1_440, nameof(options.RollUpAfterMinutes), options.RollUpAfterMinutes, "0 to 1440");
        Require(options.UpkeepSeconds is >= 1 and <= 3_600, nameof(options.UpkeepSeconds), options.UpkeepSeconds, "1 to 3600");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool holds, string key, int value, string allowed)
        {
            if (!holds)
                failures.Add($"{RetentionOptions.Section}:{key} is {value}; allowed is {allowed}.");
        }
    }
}
