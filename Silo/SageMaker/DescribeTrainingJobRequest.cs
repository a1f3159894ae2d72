namespace Hts.SageMaker;

/// <summary>Asks for a job.</summary>
public sealed class DescribeTrainingJobRequest
{
    public string TrainingJobName { get; set; } = "";
}
