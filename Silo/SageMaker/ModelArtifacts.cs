namespace Hts.SageMaker;

/// <summary>What a job made.</summary>
public sealed class ModelArtifacts
{
    /// <summary>Address of model.tar.gz.</summary>
    public string S3ModelArtifacts { get; set; } = "";
}
