namespace Hts.S3Double;

/// <summary>Faults by chance: the same calls in the same order meet the same ones.</summary>
internal sealed class FaultPlan(IReadOnlyList<FaultRule> rules, int seed)
{
    private readonly Lock gate = new();

    // One each, so that a rule's calls do not depend on those of another.
    private readonly Random[] chances = [.. rules.Select((_, i) => new Random(seed + i))];

    /// <summary>The first rule's that strikes; null when none does.</summary>
    public S3Fault? Of(S3Call call)
    {
        lock (gate)
        {
            foreach (var (i, rule) in rules.Index())
            {
                if (rule.IsFor(call) && chances[i].NextDouble() < rule.Rate)
                    return rule.Fault;
            }
            return null;
        }
    }
}
