namespace Hts.SageMaker;

/// <summary>Where interim results are kept while a job runs.</summary>
public sealed class CheckpointConfig
{
    public string S3Uri { get; set; } = "";

    public string LocalPath { get; set; } = "/opt/ml/checkpoints";
}
