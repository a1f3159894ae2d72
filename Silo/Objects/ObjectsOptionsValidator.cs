using Microsoft.Extensions.Options;

namespace Hts.Objects;

/// <summary>Names each key of <see cref="ObjectsOptions"/> whose value cannot work, the value, and what is allowed.</summary>
public sealed class ObjectsOptionsValidator : IValidateOptions<ObjectsOptions>
{
    public ValidateOptionsResult Validate(string? name, ObjectsOptions options)
    {
        List<string> problems = [];
        if (ObjectsAddress.Problem(options.Uri) is { } problem)
            problems.Add($"Objects:Uri '{options.Uri}' {problem}.");
        Prefix("Objects:TrainPrefix", options.TrainPrefix);
        Prefix("Objects:ModelPrefix", options.ModelPrefix);
        if (options.TrainPrefix == options.ModelPrefix)
            problems.Add($"Objects:TrainPrefix and Objects:ModelPrefix are both '{options.ModelPrefix}': they must differ.");
        if (options.Endpoint.Length > 0
            && !(System.Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"))
            problems.Add($"Objects:Endpoint '{options.Endpoint}' is not an absolute http or https URL.");
        Range("Objects:TimeoutSeconds", options.TimeoutSeconds, 5, 600);
        Range("Objects:Retries", options.Retries, 0, 10);
        Range("Objects:PartBytes", options.PartBytes, 5 << 20, 512 << 20);
        Range("Objects:LockTimeoutSeconds", options.LockTimeoutSeconds, 1, 600);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Prefix(string key, string value)
        {
            if (!ObjectKey.IsValid(value))
                problems.Add($"{key} '{value}' is not a key: segments of letters, digits and -_.=+:,@~ joined by '/', without '/' at the ends.");
        }

        void Range(string key, int value, int least, int most)
        {
            if (value < least || value > most)
                problems.Add($"{key} {value} is out of range: {least} to {most}.");
        }
    }
}
