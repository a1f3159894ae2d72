namespace Hts.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Stage">What is done, in words.</param>
/// <param name="Share">Share of this stage, 0 to 1.</param>
public readonly record struct EvaluationStep(string Stage, double Share);
