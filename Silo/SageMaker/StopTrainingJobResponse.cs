namespace Hts.SageMaker;

/// <summary>The end was ordered.</summary>
public sealed class StopTrainingJobResponse;
