using System.Text.RegularExpressions;
using Hts.Objects;
using Hts.Training;
using Microsoft.Extensions.Options;

namespace Hts.SageMaker;

/// <summary>Names each key of <see cref="SageMakerOptions"/> whose value cannot work, when SageMaker is chosen.</summary>
internal sealed partial class SageMakerOptionsValidator(
    IOptions<TrainingBackendOptions> backend, IOptions<ObjectsOptions> objects, IOptions<TrainingScheduleOptions> schedule)
    : IValidateOptions<SageMakerOptions>
{
    private const int LongestRuntime = 432_000;

    public ValidateOptionsResult Validate(string? name, SageMakerOptions options)
    {
        if (backend.Value.Backend != TrainingBackendOptions.SageMaker)
            return ValidateOptionsResult.Success;
        List<string> problems = [];
        if (!objects.Value.Uri.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
            problems.Add($"Training:Backend is sagemaker and Objects:Uri '{objects.Value.Uri}': SageMaker reads and writes s3://bucket only.");
        if (string.IsNullOrWhiteSpace(options.Image))
            Add("Image", "''", "the address of the container image with this program");
        if (!Role().IsMatch(options.RoleArn))
            Add("RoleArn", $"'{options.RoleArn}'", "arn:aws:iam::<account>:role/<name>; SAGEMAKER_ROLE_ARN sets it too");
        if (options.Instances.Distinct().Count() != options.Instances.Length || !Array.TrueForAll(options.Instances, Instance().IsMatch))
            Add("Instances", $"'{string.Join(", ", options.Instances)}'", "names such as ml.m5.xlarge, each once");
        if (options.Endpoint.Length > 0 && !(Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var at) && at.Scheme is "http" or "https"))
            Add("Endpoint", $"'{options.Endpoint}'", "an absolute http or https URL");
        Range("VolumeGigabytes", options.VolumeGigabytes, 1, 16_384);
        if (options.MaxRuntimeSeconds != 0)
            Range("MaxRuntimeSeconds", options.MaxRuntimeSeconds, 60, LongestRuntime);
        if (options.MaxWaitSeconds != 0 && options.Spot)
            Range("MaxWaitSeconds", options.MaxWaitSeconds, Math.Max(60, LongestTraining(options)), LongestRuntime);
        if (options.MaxWaitSeconds != 0 && !options.Spot)
            Add("MaxWaitSeconds", $"{options.MaxWaitSeconds}", "0 without Spot");
        Range("KeepAliveSeconds", options.KeepAliveSeconds, 0, 3_600);
        if (options is { Spot: true, KeepAliveSeconds: > 0 })
            Add("KeepAliveSeconds", $"{options.KeepAliveSeconds}", "0 with Spot: SageMaker keeps no spot machine warm");
        if (options.SubnetIds.Length == 0 != (options.SecurityGroupIds.Length == 0))
            Add("SubnetIds", $"'{string.Join(", ", options.SubnetIds)}'", "subnets and SecurityGroupIds together, or neither");
        foreach (var (instance, price) in options.PricePerHour)
            Range($"PricePerHour:{instance}", price, 0, 10_000);
        Range("PollSeconds", options.PollSeconds, 0.1, 300);
        Range("TimeoutSeconds", options.TimeoutSeconds, 1, 300);
        Range("Retries", options.Retries, 0, 10);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Range(string key, double value, double least, double most)
        {
            if (!(value >= least && value <= most))
                Add(key, FormattableString.Invariant($"{value}"), FormattableString.Invariant($"{least} to {most}"));
        }

        void Add(string key, string value, string allowed) => problems.Add($"{SageMakerOptions.Section}:{key} is {value}; allowed is {allowed}.");
    }

    private int LongestTraining(SageMakerOptions options) => options.MaxRuntimeSeconds > 0 ? options.MaxRuntimeSeconds : schedule.Value.TimeoutSeconds;

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Role();

    [GeneratedRegex(@"^ml\.[a-z0-9-]{1,20}\.[a-z0-9]{1,12}$", RegexOptions.CultureInvariant)]
    private static partial Regex Instance();
}
