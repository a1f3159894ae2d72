namespace Hts.Evaluation;

/// <summary>One decision of the gate, at the beginning of a day.</summary>
/// <param name="At">ISO 8601 UTC.</param>
/// <param name="Champion">Recipe that served.</param>
/// <param name="Challenger">Recipe that stood for promotion.</param>
/// <param name="Verdict">What the gate said, in its words.</param>
/// <param name="Reason">The verdict in a sentence with its numbers.</param>
public sealed record PromotionStep(string At, string Champion, string Challenger, string Verdict, string Reason);
