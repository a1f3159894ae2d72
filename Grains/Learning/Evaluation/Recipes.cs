using Hts.Models;

namespace Hts.Evaluation;

/// <summary>Names of what forecasts beside the members.</summary>
internal static class Recipes
{
    /// <summary>Means over the rows trained on.</summary>
    public const string Mean = "mean";

    /// <summary>No return, no fill.</summary>
    public const string Zero = "zero";

    /// <summary>All that forecasts for a choice of members: <c>cond</c>, the members, their average, then the baselines.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> members)
    {
        string[] learners = [.. members.Where(m => m != MemberKinds.Cond)];
        string[] average = learners.Length > 1 ? [MemberKinds.Average] : [];
        return [MemberKinds.Cond, .. learners, .. average, Mean, Zero];
    }
}
