using Microsoft.Extensions.Options;

namespace Hts.Training;

internal sealed class TrainingBackendOptionsValidator : IValidateOptions<TrainingBackendOptions>
{
    private const int LeastMegabytes = 256;
    private const int MostMegabytes = 1 << 20;

    public ValidateOptionsResult Validate(string? name, TrainingBackendOptions options)
    {
        List<string> problems = [];
        if (options.Backend is not (TrainingBackendOptions.Local or TrainingBackendOptions.SageMaker))
            problems.Add($"Training:Backend is '{options.Backend}'; allowed is {TrainingBackendOptions.Local} or {TrainingBackendOptions.SageMaker}.");
        if (options.MemoryMegabytes is not 0 and (< LeastMegabytes or > MostMegabytes))
            problems.Add($"Training:MemoryMegabytes is {options.MemoryMegabytes}; allowed is 0 or {LeastMegabytes} to {MostMegabytes}.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
