namespace Hts.SageMaker;

/// <summary>Starts a job.</summary>
public sealed class CreateTrainingJobRequest
{
    /// <summary>Unique in account and region for ever.</summary>
    public string TrainingJobName { get; set; } = "";

    public AlgorithmSpecification AlgorithmSpecification { get; set; } = new();

    public string RoleArn { get; set; } = "";

    public List<Channel> InputDataConfig { get; set; } = [];

    public OutputDataConfig OutputDataConfig { get; set; } = new();

    public ResourceConfig ResourceConfig { get; set; } = new();

    public StoppingCondition StoppingCondition { get; set; } = new();

    public Dictionary<string, string> HyperParameters { get; set; } = [];

    public Dictionary<string, string>? Environment { get; set; }

    public VpcConfig? VpcConfig { get; set; }

    public List<Tag>? Tags { get; set; }

    public bool? EnableManagedSpotTraining { get; set; }

    public CheckpointConfig? CheckpointConfig { get; set; }
}
