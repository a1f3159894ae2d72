using System.CommandLine;
using Hts.S3Double.SageMaker;

namespace Hts.S3Double;

/// <summary>Serves the double until it is ended, and says which environment makes the product use it.</summary>
internal static class DoubleCommand
{
    public static RootCommand Create()
    {
        var port = new Option<int>("--port") { Description = "Port on the loopback address.", DefaultValueFactory = _ => 9900 };
        var bucket = new Option<string>("--bucket") { Description = "Name of the bucket that it starts with.", DefaultValueFactory = _ => "hts" };
        var full = new Option<string[]>("--full")
        {
            Description = "Kinds of machines of which none is left, for instance ml.g4dn.xlarge.",
            AllowMultipleArgumentsPerToken = true,
        };
        var root = new RootCommand("A stand-in for S3 and SageMaker in memory, for demonstrations and tests.") { port, bucket, full };
        root.SetAction((parsed, cancellation) =>
            Run(parsed.GetValue(port), parsed.GetValue(bucket)!, parsed.GetValue(full) ?? [], cancellation));
        return root;
    }

    private static async Task Run(int port, string bucket, string[] full, CancellationToken cancellation)
    {
        await using var server = await S3Server.Start(bucket, port: port);
        server.Training.JobFaults = job => full.Contains(job.Instance) ? JobFault.NoCapacity : JobFault.None;
        foreach (var line in new[]
        {
            $"AWS_ACCESS_KEY_ID={S3Server.AccessKey}", $"AWS_SECRET_ACCESS_KEY={S3Server.SecretKey}", "AWS_REGION=us-east-1",
            $"AWS_ENDPOINT_URL={server.Url}", $"LANDING_BUCKET={bucket}", "Training__Backend=sagemaker", "Training__SageMaker__Image=hts",
            "SAGEMAKER_ROLE_ARN=arn:aws:iam::000000000000:role/hts",
        })
            Console.WriteLine($"export {line}");
        var end = new TaskCompletionSource();
        await using (cancellation.Register(end.SetResult))
            await end.Task;
    }
}
