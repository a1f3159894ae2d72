using Microsoft.Extensions.Options;

namespace Hts.Hosting;

/// <summary>Collects what is wrong with the options of one section: key, value and what is allowed.</summary>
internal sealed class OptionRules(string section)
{
    private readonly List<string> failures = [];

    public OptionRules Within(string key, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            failures.Add(FormattableString.Invariant($"{section}:{key} is {value}; allowed is {least} to {most}."));
        return this;
    }

    public OptionRules Require(bool holds, string key, object value, string allowed)
    {
        if (!holds)
            failures.Add(FormattableString.Invariant($"{section}:{key} is {value}; allowed is {allowed}."));
        return this;
    }

    /// <param name="validate">Throws <see cref="ArgumentOutOfRangeException"/> with key, value and what is allowed.</param>
    public OptionRules Part(string key, Action validate)
    {
        try
        {
            validate();
        }
        catch (ArgumentOutOfRangeException e)
        {
            failures.Add($"{section}:{key}:{e.ParamName} is {e.ActualValue}: {e.Message.Split('\n')[0]}");
        }
        return this;
    }

    public ValidateOptionsResult Result() => failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
}
