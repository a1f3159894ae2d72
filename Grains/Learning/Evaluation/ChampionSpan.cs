namespace Hts.Evaluation;

/// <summary>What served for a while.</summary>
/// <param name="From">First instant of decision, ISO 8601 UTC.</param>
/// <param name="To">End, ISO 8601 UTC.</param>
/// <param name="Kind">Recipe: a member, the average, or <c>cond</c>.</param>
/// <param name="Reason">Why it took over, with the gate's numbers.</param>
public sealed record ChampionSpan(string From, string To, string Kind, string Reason);
