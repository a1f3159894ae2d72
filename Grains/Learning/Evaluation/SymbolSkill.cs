namespace Hts.Evaluation;

/// <summary>Measures of one symbol: of all its strategies together, and of each.</summary>
/// <param name="Strategies">By name.</param>
public sealed record SymbolSkill(
    Measure GrossIc,
    Measure GrossR2,
    Measure SidesR2,
    Measure NetR2,
    Measure NetR2VsCond,
    IReadOnlyDictionary<string, SkillMeasures> Strategies)
{
    internal static SymbolSkill Of(SkillGroup group) => new(
        group.Pooled.GrossIc, group.Pooled.GrossR2, group.Pooled.SidesR2, group.Pooled.NetR2, group.Pooled.NetR2VsCond, group.Strategies);
}
