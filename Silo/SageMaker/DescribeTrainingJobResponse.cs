namespace Hts.SageMaker;

/// <summary>A job. Times are UTC.</summary>
public sealed class DescribeTrainingJobResponse
{
    public string TrainingJobName { get; set; } = "";

    public string TrainingJobArn { get; set; } = "";

    /// <summary>InProgress, Completed, Failed, Stopping or Stopped.</summary>
    public string TrainingJobStatus { get; set; } = "";

    /// <summary>Such as Starting, Pending, Downloading, Training, Uploading, MaxRuntimeExceeded, MaxWaitTimeExceeded, Interrupted.</summary>
    public string SecondaryStatus { get; set; } = "";

    /// <summary>Begins with AlgorithmError when the training itself failed.</summary>
    public string? FailureReason { get; set; }

    public ModelArtifacts? ModelArtifacts { get; set; }

    public List<Channel>? InputDataConfig { get; set; }

    public OutputDataConfig? OutputDataConfig { get; set; }

    public DateTime? CreationTime { get; set; }

    /// <summary>When the machine was there; null while it is waited for.</summary>
    public DateTime? TrainingStartTime { get; set; }

    public DateTime? TrainingEndTime { get; set; }

    public int? TrainingTimeInSeconds { get; set; }

    public int? BillableTimeInSeconds { get; set; }
}
