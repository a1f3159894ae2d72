namespace Hts.Ledgers;

/// <summary>A recipe that serves, and those of its models that served in a span of time.</summary>
/// <param name="Name">As in <see cref="Roles.ChallengerOf"/>.</param>
public sealed record ServedRecipe(string Name, IReadOnlyCollection<string> Versions);
