namespace Hts.SageMaker;

/// <summary>A job was started.</summary>
public sealed class CreateTrainingJobResponse
{
    public string TrainingJobArn { get; set; } = "";
}
