using System.IO.Pipelines;
using Amazon.Runtime;
using Hts.Objects;
using Hts.S3Double;
using Hts.SageMaker;

namespace Hts.Tests.SageMaker;

/// <summary>The double as one starts it by command.</summary>
public sealed class DoubleCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Wrong => new()
    {
        { "--fault", "GetObject" },
        { "--fault", "GetObjects=SlowDown" },
        { "--fault", "GetObject=Slow" },
        { "--fault", "GetObject=SlowDown:0" },
        { "--fault", "GetObject=SlowDown:1.5" },
        { "--fault", "GetObject=SlowDown:" },
        { "--job-fault", "ml.m5.xlarge" },
        { "--job-fault", "=NoCapacity" },
        { "--job-fault", "ml.m5.xlarge=None" },
        { "--job-fault", "ml.m5.xlarge=2" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_fault_that_cannot_be_is_told_in_one_line(string option, string value)
    {
        StringWriter output = new(), error = new();
        var code = await DoubleCommand.Run(["--port", "0", option, value], new() { Output = output, Error = error }, Token);
        (code, output.ToString()).ShouldBe((1, ""));
        error.ToString().Trim().ShouldStartWith($"'{value}'");
        error.ToString().Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public Task Calls_go_wrong_as_the_command_says() => With(
        ["--fault", "PutObject=AccessDenied", "--fault", "createtrainingjob=resourcelimitexceeded", "--fault", "DescribeTrainingJob=LostAnswer"],
        async url =>
    {
        using var objects = (S3ObjectStore)ObjectStores.Open(
            new ObjectsOptions { Uri = "s3://other", Endpoint = url, Region = "us-east-1", Retries = 0 }, TimeProvider.System,
            new BasicAWSCredentials(S3Server.AccessKey, S3Server.SecretKey));
        (await Should.ThrowAsync<ObjectStoreException>(objects.Put("a", "x"u8.ToArray(), PutCondition.None, Token))).Fault.ShouldBe(ObjectFault.Denied);
        (await objects.Get("a", Token)).ShouldBeNull();
        using var client = Client(url);
        await Should.ThrowAsync<ResourceLimitExceededException>(client.CreateTrainingJobAsync(Job("job-1", "ml.m5.xlarge"), Token));
        await Should.ThrowAsync<SageMakerUnreachableException>(client.DescribeTrainingJobAsync(new() { TrainingJobName = "job-1" }, Token));
    });

    [Fact]
    public Task Trainings_go_wrong_as_the_command_says() => With(["--full", "ml.g4dn.xlarge", "--job-fault", "*=stuckstarting"], async url =>
    {
        using var client = Client(url);
        await client.CreateTrainingJobAsync(Job("job-1", "ml.g4dn.xlarge"), Token);
        await client.CreateTrainingJobAsync(Job("job-2", "ml.m5.xlarge"), Token);
        DescribeTrainingJobResponse full;
        do
            full = await client.DescribeTrainingJobAsync(new() { TrainingJobName = "job-1" }, Token);
        while (full.TrainingJobStatus == "InProgress");
        full.FailureReason.ShouldStartWith("CapacityError");
        (await client.DescribeTrainingJobAsync(new() { TrainingJobName = "job-2" }, Token)).SecondaryStatus.ShouldBe("Starting");
    });

    [Fact]
    public void Chance_strikes_the_same_calls_each_time()
    {
        S3Call get = new("GetObject", "b", "k"), put = new("PutObject", "b", "k");
        var struck = Struck(1, others: 0);
        struck.Count(s => s).ShouldBeInRange(150, 250);
        struck.ShouldBe(Struck(1, others: 2), "calls of another name take nothing from the chance");
        struck.ShouldNotBe(Struck(2, others: 0));

        bool[] Struck(int seed, int others)
        {
            FaultPlan plan = new([FaultRule.Parse("GetObject=SlowDown:0.2")], seed);
            return [.. Enumerable.Range(0, 1_000).Select(_ =>
            {
                for (var i = 0; i < others; i++)
                    plan.Of(put).ShouldBeNull();
                return plan.Of(get) == S3Fault.SlowDown;
            })];
        }
    }

    [Fact]
    public void A_slow_answer_is_as_slow_as_it_is_said() =>
        FaultRule.Parse("*=Latency12s:0.5").ShouldBe(new FaultRule("*", S3Fault.Wait(TimeSpan.FromSeconds(12)), 0.5));

    private static AmazonSageMakerClient Client(string url) => SageMakerClients.Create(
        new SageMakerOptions { Endpoint = url, Region = "us-east-1", Retries = 0 }, TimeProvider.System,
        new CredentialSource(() => new BasicAWSCredentials(S3Server.AccessKey, S3Server.SecretKey)));

    private static CreateTrainingJobRequest Job(string name, string instance) => new()
    {
        TrainingJobName = name,
        AlgorithmSpecification = new() { TrainingImage = "registry/hts:1" },
        RoleArn = "arn:aws:iam::000000000000:role/hts",
        OutputDataConfig = new() { S3OutputPath = "s3://other/out" },
        ResourceConfig = new() { InstanceType = instance, VolumeSizeInGB = 10 },
        StoppingCondition = new() { MaxRuntimeInSeconds = 60 },
    };

    /// <summary>Runs the double with those arguments while something uses the address that it says.</summary>
    private static async Task With(string[] arguments, Func<string, Task> use)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Pipe pipe = new();
        await using StreamWriter output = new(pipe.Writer.AsStream()) { AutoFlush = true };
        var run = DoubleCommand.Run(["--port", "0", "--bucket", "other", .. arguments], new() { Output = output }, end.Token);
        try
        {
            await use(await Url(pipe.Reader));
        }
        finally
        {
            await end.CancelAsync();
            await run;
        }
    }

    private static async Task<string> Url(PipeReader pipe)
    {
        const string Head = "export AWS_ENDPOINT_URL=";
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using StreamReader lines = new(pipe.AsStream());
        while (await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(Head, StringComparison.Ordinal))
                return line[Head.Length..];
        }
        throw new InvalidOperationException("The double says no address.");
    }
}
