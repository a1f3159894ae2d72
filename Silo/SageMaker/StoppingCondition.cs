namespace Hts.SageMaker;

/// <summary>Bounds of a job.</summary>
public sealed class StoppingCondition
{
    public int MaxRuntimeInSeconds { get; set; }

    /// <summary>With the wait for spot capacity; null without spot.</summary>
    public int? MaxWaitTimeInSeconds { get; set; }
}
