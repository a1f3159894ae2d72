namespace Hts.Models;

/// <summary>Asks for a promotion of a stored version.</summary>
/// <param name="Reason">Why; kept in the history.</param>
/// <param name="By">On whose word: see <see cref="Movers"/>; kept in the history.</param>
[GenerateSerializer, Immutable, Alias("hts.promotion")]
public sealed record PromotionMessage([property: Id(0)] string Version, [property: Id(1)] string Reason, [property: Id(2)] string By = "");
