namespace Hts.Training;

/// <summary>How far a training is.</summary>
/// <param name="Stage">What is being done, in words.</param>
/// <param name="Share">Share of this stage that is done, 0 to 1.</param>
public readonly record struct TrainingStep(string Stage, double Share);
