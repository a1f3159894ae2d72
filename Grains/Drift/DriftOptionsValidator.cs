using Microsoft.Extensions.Options;

namespace Hts.Drift;

internal sealed class DriftOptionsValidator : IValidateOptions<DriftOptions>
{
    public ValidateOptionsResult Validate(string? name, DriftOptions options)
    {
        try
        {
            options.Validate();
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentOutOfRangeException e)
        {
            return ValidateOptionsResult.Fail($"Drift:{e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
