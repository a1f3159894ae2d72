using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Hts.S3Double;
using Hts.S3Double.SageMaker;
using Hts.SageMaker;
using Hts.Tests.Postgres;

namespace Hts.Tests.SageMaker;

public sealed class AmazonSageMakerClientTests : IAsyncLifetime
{
    private SageMakerWorld world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        world = await SageMakerWorld.Create(rows: 1);
        world.Server.Training.JobFaults = _ => JobFault.StuckStarting;
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_job_is_created_described_and_stopped()
    {
        using var client = world.Client();
        var request = Request();
        request.Tags = [new() { Key = "team", Value = "alpha" }];
        request.VpcConfig = new() { Subnets = ["subnet-1"], SecurityGroupIds = ["sg-1"] };
        request.ResourceConfig.KeepAlivePeriodInSeconds = 600;
        (await client.CreateTrainingJobAsync(request, Token)).TrainingJobArn.ShouldEndWith("training-job/job-1");
        var job = await client.DescribeTrainingJobAsync(new() { TrainingJobName = "job-1" }, Token);
        (job.TrainingJobStatus, job.SecondaryStatus, job.TrainingStartTime).ShouldBe(("InProgress", "Starting", null));
        (DateTime.UnixEpoch.Year < job.CreationTime!.Value.Year).ShouldBeTrue();
        job.InputDataConfig!.Single().DataSource.S3DataSource.S3Uri.ShouldBe("s3://hts/train/");
        await client.StopTrainingJobAsync(new() { TrainingJobName = "job-1" }, Token);
        world.Server.Training.Find("job-1")!.Status.ShouldBeOneOf("Stopping", "Stopped");
        await Should.ThrowAsync<ResourceInUseException>(client.CreateTrainingJobAsync(request, Token));
    }

    [Theory]
    [InlineData(400, "ResourceLimitExceeded", typeof(ResourceLimitExceededException))]
    [InlineData(400, "AccessDeniedException", typeof(AccessDeniedException))]
    [InlineData(400, "ValidationException", typeof(ValidationException))]
    [InlineData(403, "UnrecognizedClientException", typeof(AccessDeniedException))]
    [InlineData(400, "ThrottlingException", typeof(ThrottlingException))]
    [InlineData(404, "UnknownOperationException", typeof(AmazonSageMakerException))]
    public async Task The_services_errors_have_their_types(int status, string code, Type type)
    {
        world.Options.Retries = 0;
        world.Fail("CreateTrainingJob", S3Fault.Refuse(status, code, "why"));
        using var client = world.Client();
        var error = await Should.ThrowAsync<AmazonSageMakerException>(client.CreateTrainingJobAsync(Request(), Token));
        (error.GetType(), error.ErrorCode, error.StatusCode, error.Message, error.MayHaveWorked).ShouldBe((type, code, status, $"{code}: why", false));
    }

    [Fact]
    public async Task A_job_that_does_not_exist_is_told_apart()
    {
        using var client = world.Client();
        await Should.ThrowAsync<ResourceNotFoundException>(client.DescribeTrainingJobAsync(new() { TrainingJobName = "no" }, Token));
    }

    public static TheoryData<string> Passing => [.. Faults.Keys];

    private static Dictionary<string, S3Fault> Faults => new()
    {
        ["503"] = S3Fault.SlowDown,
        ["throttled"] = S3Fault.Refuse(400, "ThrottlingException"),
        ["500"] = S3Fault.Refuse(500, "InternalFailure"),
        ["lost request"] = S3Fault.LostRequest,
        ["torn answer"] = S3Fault.TornAnswer,
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_passing_fault_is_ridden_out(string fault)
    {
        using var client = world.Client();
        await client.CreateTrainingJobAsync(Request(), Token);
        world.Fail("DescribeTrainingJob", Faults[fault], times: 2);
        (await client.DescribeTrainingJobAsync(new() { TrainingJobName = "job-1" }, Token)).TrainingJobStatus.ShouldBe("InProgress");
    }

    [Fact]
    public async Task A_lasting_fault_is_told_after_the_retries()
    {
        world.Options.Retries = 1;
        var calls = 0;
        world.Server.Faults = _ =>
        {
            calls++;
            return S3Fault.SlowDown;
        };
        using var client = world.Client();
        await Should.ThrowAsync<ThrottlingException>(client.DescribeTrainingJobAsync(new() { TrainingJobName = "job-1" }, Token));
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_may_still_have_worked()
    {
        (world.Options.TimeoutSeconds, world.Options.Retries) = (1, 0);
        world.Fail("CreateTrainingJob", S3Fault.Wait(TimeSpan.FromSeconds(20)));
        using var client = world.Client();
        var error = await Should.ThrowAsync<SageMakerUnreachableException>(client.CreateTrainingJobAsync(Request(), Token));
        (error.MayHaveWorked, error.IsPassing).ShouldBe((true, true));
    }

    [Fact]
    public async Task What_may_have_worked_is_not_forgotten_over_a_later_attempt_that_did_not()
    {
        world.Options.Retries = 1;
        var calls = 0;
        world.Server.Faults = _ => calls++ == 0 ? S3Fault.LostAnswer : S3Fault.Refuse(400, "ThrottlingException");
        using var client = world.Client();
        (await Should.ThrowAsync<AmazonSageMakerException>(client.CreateTrainingJobAsync(Request(), Token))).MayHaveWorked.ShouldBeTrue();
        world.Server.Training.Find("job-1").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("http://sagemaker.invalid")]
    [InlineData(null)]
    public async Task A_service_that_is_not_there_was_surely_not_asked(string? endpoint)
    {
        (world.Options.Retries, world.Options.Endpoint) = (0, endpoint ?? $"http://127.0.0.1:{UnusedPort()}");
        using var client = world.Client();
        var error = await Should.ThrowAsync<SageMakerUnreachableException>(client.CreateTrainingJobAsync(Request(), Token));
        error.MayHaveWorked.ShouldBeFalse(error.InnerException!.ToString());
    }

    [Fact]
    public async Task A_signature_of_another_secret_is_denied()
    {
        world.Credentials = static () => new BasicAWSCredentials(S3Server.AccessKey, "not the secret");
        using var client = world.Client();
        (await Should.ThrowAsync<AccessDeniedException>(client.CreateTrainingJobAsync(Request(), Token))).ErrorCode.ShouldBe("SignatureDoesNotMatch");
    }

    [Fact]
    public async Task Missing_credentials_are_told_in_words()
    {
        world.Credentials = static () => throw new AmazonClientException("none were found");
        using var client = world.Client();
        (await Should.ThrowAsync<AccessDeniedException>(client.CreateTrainingJobAsync(Request(), Token)))
            .Message.ShouldBe("There are no AWS credentials: none were found");
    }

    [Fact]
    public async Task Expired_credentials_of_a_session_are_fetched_anew()
    {
        using TempFolder folder = new();
        var path = Path.Combine(folder.Path, "keys.json");
        Rotate(path, "ASIAFIRST");
        world.Credentials = () => new ProcessAWSCredentials($"cat {path}");
        using var client = world.Client();
        await client.CreateTrainingJobAsync(Request(), Token);

        world.Server.Keys["ASIAFIRST"] = world.Server.Keys["ASIAFIRST"] with { Expired = true };
        Rotate(path, "ASIASECOND");
        (await client.DescribeTrainingJobAsync(new() { TrainingJobName = "job-1" }, Token)).TrainingJobName.ShouldBe("job-1");

        world.Server.Keys["ASIASECOND"] = world.Server.Keys["ASIASECOND"] with { Expired = true };
        (await Should.ThrowAsync<AmazonSageMakerException>(client.DescribeTrainingJobAsync(new() { TrainingJobName = "job-1" }, Token)))
            .IsExpired.ShouldBeTrue();
    }

    private void Rotate(string path, string key)
    {
        world.Server.Keys[key] = new S3Key($"secret-{key}", $"token-{key}");
        File.WriteAllText(
            path,
            $$"""{"Version":1,"AccessKeyId":"{{key}}","SecretAccessKey":"secret-{{key}}","SessionToken":"token-{{key}}","Expiration":"{{TimeProvider.System.GetUtcNow().AddHours(1):O}}"}""");
    }

    private static int UnusedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static CreateTrainingJobRequest Request() => new()
    {
        TrainingJobName = "job-1",
        AlgorithmSpecification = new() { TrainingImage = "registry/hts:1" },
        RoleArn = "arn:aws:iam::000000000000:role/hts",
        InputDataConfig = [new() { ChannelName = "train", DataSource = new() { S3DataSource = new() { S3Uri = "s3://hts/train/" } } }],
        OutputDataConfig = new() { S3OutputPath = "s3://hts/out" },
        ResourceConfig = new() { InstanceType = "ml.m5.xlarge", VolumeSizeInGB = 10 },
        StoppingCondition = new() { MaxRuntimeInSeconds = 60 },
    };
}
