namespace Hts.Models;

/// <summary>Asks for a promotion of a stored version.</summary>
/// <param name="Reason">Why; kept in the history.</param>
/// <param name="By">On whose word: see <see cref="Movers"/>; kept in the history.</param>
/// <param name="ExpectedVersion">
/// The newest epoch's version that the promoted one was compared with, or <see cref="NoModel"/>: with any other one the promotion is
/// refused. Null to promote over whatever serves.
/// </param>
[GenerateSerializer, Immutable, Alias("hts.promotion")]
public sealed record PromotionMessage(
    [property: Id(0)] string Version, [property: Id(1)] string Reason, [property: Id(2)] string By = "", [property: Id(3)] string? ExpectedVersion = null)
{
    /// <summary>Expected where no model was ever promoted.</summary>
    public const string NoModel = "";
}
