namespace Hts.SageMaker;

/// <summary>Ends a job: SIGTERM, two minutes later SIGKILL.</summary>
public sealed class StopTrainingJobRequest
{
    public string TrainingJobName { get; set; } = "";
}
