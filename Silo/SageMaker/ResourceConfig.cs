namespace Hts.SageMaker;

/// <summary>The machine.</summary>
public sealed class ResourceConfig
{
    public string InstanceType { get; set; } = "";

    public int InstanceCount { get; set; } = 1;

    public int VolumeSizeInGB { get; set; }

    /// <summary>How long the machine waits for a next job; null for not at all.</summary>
    public int? KeepAlivePeriodInSeconds { get; set; }
}
