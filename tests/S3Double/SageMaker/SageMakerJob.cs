using System.Globalization;
using System.Text.Json.Nodes;

namespace Hts.S3Double.SageMaker;

/// <summary>A training job as the service keeps it.</summary>
/// <param name="request">What it was created with.</param>
public sealed class SageMakerJob(JsonObject request, DateTimeOffset created)
{
    private readonly Lock gate = new();
    private string? failure;
    private DateTimeOffset? started;
    private DateTimeOffset? ended;

    public string Name => Text("TrainingJobName")!;

    public string Instance => (string)Request["ResourceConfig"]!["InstanceType"]!;

    public string Status { get; private set; } = "InProgress";

    public string SecondaryStatus { get; private set; } = "Starting";

    /// <summary>How often its container was started.</summary>
    public int Starts { get; internal set; }

    /// <summary>What it was created with.</summary>
    public JsonObject Request { get; } = request;

    /// <summary>Ends the container for good.</summary>
    internal CancellationTokenSource Stop { get; } = new();

    /// <summary>Takes a spot machine away; another one follows.</summary>
    internal CancellationTokenSource Interruption { get; set; } = new();

    internal string ArnTail => $"training-job/{Name}";

    internal string OutputFolder => $"{Text("OutputDataConfig", "S3OutputPath")!.TrimEnd('/')}/{Name}/output";

    internal int MaxRuntime => int.Parse(Text("StoppingCondition", "MaxRuntimeInSeconds")!, CultureInfo.InvariantCulture);

    internal string? CheckpointUri => Text("CheckpointConfig", "S3Uri");

    internal bool Ended => Status is not ("InProgress" or "Stopping");

    /// <summary>A value of the request by the names on the way to it.</summary>
    public string? Text(params string[] path)
    {
        JsonNode? node = Request;
        foreach (var name in path)
            node = node?[name];
        return node?.ToString();
    }

    internal void Turn(string secondary, DateTimeOffset now)
    {
        lock (gate)
        {
            SecondaryStatus = secondary;
            if (secondary == "Training")
                started ??= now;
        }
    }

    internal bool TryStop()
    {
        lock (gate)
        {
            if (Ended)
                return false;
            (Status, SecondaryStatus) = ("Stopping", "Stopping");
            return true;
        }
    }

    internal void End(string status, string secondary, string? why, DateTimeOffset now)
    {
        lock (gate)
            (Status, SecondaryStatus, failure, ended) = (status, secondary, why, now);
    }

    internal JsonObject Describe(string arn)
    {
        lock (gate)
        {
            JsonObject answer = new()
            {
                ["TrainingJobArn"] = arn,
                ["TrainingJobStatus"] = Status,
                ["SecondaryStatus"] = SecondaryStatus,
                ["CreationTime"] = Seconds(created),
            };
            foreach (var (name, value) in Request)
                answer[name] = value?.DeepClone();
            answer["ModelArtifacts"] = new JsonObject { ["S3ModelArtifacts"] = Status == "Completed" ? $"{OutputFolder}/model.tar.gz" : "" };
            if (failure is not null)
                answer["FailureReason"] = failure;
            if (started is { } from)
                answer["TrainingStartTime"] = Seconds(from);
            if (ended is not { } to)
                return answer;
            answer["TrainingEndTime"] = Seconds(to);
            if (started is not { } since)
                return answer;
            answer["TrainingTimeInSeconds"] = (int)Math.Ceiling((to - since).TotalSeconds);
            answer["BillableTimeInSeconds"] = (int)Math.Ceiling((to - since).TotalSeconds);
            return answer;
        }
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
