namespace Hts.Evaluation;

/// <summary>Summed return of a policy day by day, basis points a symbol.</summary>
/// <param name="CostBps">Cost of a fill, basis points.</param>
/// <param name="Policy">Whose.</param>
/// <param name="Values">One a scored day, at its end.</param>
public sealed record PolicyCurve(string CostBps, string Policy, IReadOnlyList<double> Values);
