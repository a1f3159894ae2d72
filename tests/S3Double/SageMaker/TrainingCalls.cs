using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hts.S3Double.SageMaker;

/// <summary>SageMaker's calls on training jobs: each job runs the product's <c>train</c> verb as SageMaker would run its container.</summary>
public sealed partial class TrainingCalls : IAsyncDisposable
{
    private const string ArnHead = "arn:aws:sagemaker:us-east-1:000000000000:";
    private readonly S3Server server;
    private readonly ConcurrentDictionary<string, SageMakerJob> jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> works = [];

    internal TrainingCalls(S3Server server) => this.server = server;

    /// <summary>The program whose <c>train</c> verb the containers hold.</summary>
    public string Trainer { get; set; } =
        typeof(TrainingCalls).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Trainer").Value!;

    /// <summary>Asked once a job when it is taken.</summary>
    public Func<SageMakerJob, JobFault>? JobFaults { get; set; }

    /// <summary>How long a container may go on after SIGTERM.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(120);

    public IReadOnlyList<SageMakerJob> Jobs => [.. jobs.Values.OrderBy(j => j.Name, StringComparer.Ordinal)];

    public SageMakerJob? Find(string name) => jobs.GetValueOrDefault(name);

    /// <summary>Takes the machine of a spot job away; it goes on with its checkpoints on another one.</summary>
    public static void Interrupt(SageMakerJob job) => job.Interruption.Cancel();

    /// <summary>A job that waited for its machine gets it, and does nothing on it.</summary>
    public void Begin(SageMakerJob job) => job.Turn("Training", server.Time.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        foreach (var job in jobs.Values)
            await job.Stop.CancelAsync();
        await Task.WhenAll(works);
    }

    internal S3Answer Answer(string action, byte[] body)
    {
        var request = JsonNode.Parse(body) as JsonObject ?? throw Invalid("The body is no object.");
        var answer = action switch
        {
            "CreateTrainingJob" => Create(request),
            "DescribeTrainingJob" => Known(request).Describe(ArnHead + Known(request).ArnTail),
            "StopTrainingJob" => Stop(Known(request)),
            _ => throw S3Error.Bad("UnknownOperationException", $"{action} is not served."),
        };
        return new S3Answer(200, JsonSerializer.SerializeToUtf8Bytes(answer), ("Content-Type", "application/x-amz-json-1.1"));
    }

    internal static S3Answer Answer(S3Error error) => new(
        error.Status,
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["__type"] = error.Code, ["message"] = error.Message }),
        ("Content-Type", "application/x-amz-json-1.1"));

    private JsonObject Create(JsonObject request)
    {
        Check(request);
        SageMakerJob job = new((JsonObject)request.DeepClone(), server.Time.GetUtcNow());
        if (!jobs.TryAdd(job.Name, job))
            throw S3Error.Bad("ResourceInUse", "Training job names must be unique within an AWS account and region.");
        var fault = JobFaults?.Invoke(job) ?? JobFault.None;
        works.Add(Task.Run(() => new JobRun(server, job, fault).Go()));
        return new JsonObject { ["TrainingJobArn"] = ArnHead + job.ArnTail };
    }

    private static JsonObject Stop(SageMakerJob job)
    {
        if (!job.TryStop())
            throw Invalid("The request was rejected because the training job is in status " + job.Status + ".");
        job.Stop.Cancel();
        return [];
    }

    private SageMakerJob Known(JsonObject request) =>
        Find((string?)request["TrainingJobName"] ?? "") ?? throw Invalid("Requested resource not found.");

    private static void Check(JsonObject request)
    {
        if (!Name().IsMatch((string?)request["TrainingJobName"] ?? ""))
            throw Invalid("Value at 'trainingJobName' failed to satisfy constraint: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}");
        foreach (var (first, second) in new[]
        {
            ("RoleArn", ""), ("AlgorithmSpecification", "TrainingImage"), ("AlgorithmSpecification", "TrainingInputMode"),
            ("OutputDataConfig", "S3OutputPath"), ("ResourceConfig", "InstanceType"), ("ResourceConfig", "InstanceCount"),
            ("ResourceConfig", "VolumeSizeInGB"), ("StoppingCondition", "MaxRuntimeInSeconds"),
        })
        {
            var value = second.Length == 0 ? request[first] : request[first]?[second];
            if (string.IsNullOrEmpty(value?.ToString()))
                throw Invalid($"Value null at '{first}{(second.Length == 0 ? "" : ".")}{second}' failed to satisfy constraint: Member must not be null");
        }
        foreach (var map in new[] { "HyperParameters", "Environment" })
        {
            if (request[map] is JsonObject entries && entries.Any(e => e.Value?.GetValueKind() != JsonValueKind.String))
                throw S3Error.Bad("SerializationException", $"{map} must be strings.");
        }
        var wait = (int?)request["StoppingCondition"]!["MaxWaitTimeInSeconds"];
        if ((bool?)request["EnableManagedSpotTraining"] == true != wait is not null || wait < (int)request["StoppingCondition"]!["MaxRuntimeInSeconds"]!)
            throw Invalid("MaxWaitTimeInSeconds goes with managed spot training and is at least MaxRuntimeInSeconds.");
    }

    private static S3Error Invalid(string message) => S3Error.Bad("ValidationException", message);

    [GeneratedRegex("^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
