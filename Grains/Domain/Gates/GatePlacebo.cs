namespace Hts.Gates;

/// <summary>How a placebo did that must not have any skill: trained beside the candidate on data that hold no way to it.</summary>
/// <param name="Name">For instance "shuffled labels".</param>
/// <param name="Skilful">True when it looks as if it had skill: something leaks, and no model of that training may be trusted.</param>
/// <param name="Statistic">What was measured, for instance its gross information coefficient; null when it could not be judged.</param>
/// <param name="Threshold">What that may not exceed.</param>
public sealed record GatePlacebo(string Name, bool Skilful, double? Statistic, double? Threshold);
