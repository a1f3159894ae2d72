using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Hts.S3Double.SageMaker;

namespace Hts.S3Double;

/// <summary>Serves the double until it is ended, and says which environment makes the product use it.</summary>
internal static class DoubleCommand
{
    /// <returns>0, or 1 with a line on the error stream for each value that cannot be.</returns>
    public static Task<int> Run(string[] args, InvocationConfiguration configuration, CancellationToken cancellation)
    {
        var parsed = Create().Parse(args);
        // The standard output is read as an environment: no help in it.
        if (parsed.Action is ParseErrorAction wrong)
            (wrong.ShowHelp, wrong.ShowTypoCorrections) = (false, false);
        return parsed.InvokeAsync(configuration, cancellation);
    }

    private static RootCommand Create()
    {
        var port = new Option<int>("--port") { Description = "Port on the loopback address.", DefaultValueFactory = _ => 9900 };
        var bucket = new Option<string>("--bucket") { Description = "Name of the bucket that it starts with.", DefaultValueFactory = _ => "hts" };
        var full = new Option<string[]>("--full")
        {
            Description = "Kinds of machines of which none is left, for instance ml.g4dn.xlarge.",
            AllowMultipleArgumentsPerToken = true,
        };
        var faults = new Option<FaultRule[]>("--fault")
        {
            Description = $"<operation>=<fault>[:rate], again for more: calls that go wrong, such as GetObject=TornAnswer:0.2 or *=SlowDown:0.1. Faults: {FaultRule.Names}.",
            CustomParser = result => Read(result, FaultRule.Parse),
        };
        var jobFaults = new Option<JobFaultRule[]>("--job-fault")
        {
            Description = $"<instance>=<fault>, again for more: trainings that go wrong, such as ml.g4dn.xlarge=StuckStarting or *=NoCapacity. Faults: {JobFaultRule.Names}.",
            CustomParser = result => Read(result, JobFaultRule.Parse),
        };
        var seed = new Option<int>("--seed") { Description = "Seed of the chance by which --fault strikes.", DefaultValueFactory = _ => 1 };
        var root = new RootCommand("A stand-in for S3 and SageMaker in memory, for demonstrations and tests.") { port, bucket, full, faults, jobFaults, seed };
        root.SetAction(async (parsed, cancellation) =>
        {
            var name = parsed.GetValue(bucket)!;
            await using var server = await S3Server.Start(name, port: parsed.GetValue(port));
            server.Faults = new FaultPlan(parsed.GetValue(faults) ?? [], parsed.GetValue(seed)).Of;
            JobFaultRule[] rules =
                [.. (parsed.GetValue(full) ?? []).Select(i => new JobFaultRule(i, JobFault.NoCapacity)), .. parsed.GetValue(jobFaults) ?? []];
            server.Training.JobFaults = job => Array.Find(rules, r => r.IsFor(job))?.Fault ?? JobFault.None;
            await Serve(server, name, parsed.InvocationConfiguration.Output, cancellation);
        });
        return root;
    }

    private static T[] Read<T>(ArgumentResult result, Func<string, T> parse)
    {
        List<T> values = [];
        foreach (var token in result.Tokens)
        {
            try
            {
                values.Add(parse(token.Value));
            }
            catch (FormatException e)
            {
                result.AddError(e.Message);
            }
        }
        return [.. values];
    }

    private static async Task Serve(S3Server server, string bucket, TextWriter output, CancellationToken cancellation)
    {
        foreach (var line in new[]
        {
            $"AWS_ACCESS_KEY_ID={S3Server.AccessKey}", $"AWS_SECRET_ACCESS_KEY={S3Server.SecretKey}", "AWS_REGION=us-east-1",
            $"AWS_ENDPOINT_URL={server.Url}", $"LANDING_BUCKET={bucket}", "Training__Backend=sagemaker", "Training__SageMaker__Image=hts",
            "SAGEMAKER_ROLE_ARN=arn:aws:iam::000000000000:role/hts",
        })
            await output.WriteLineAsync($"export {line}");
        var end = new TaskCompletionSource();
        await using (cancellation.Register(end.SetResult))
            await end.Task;
    }
}
