namespace Hts.Evaluation;

/// <summary>How one recipe would have done, had it served all the time.</summary>
/// <param name="Policy">Return of the selection rule on its forecasts by cost, basis points a slot and symbol.</param>
public sealed record MemberSkill(
    Measure GrossIc, Measure GrossR2, Measure SidesR2, Measure NetR2, Measure NetR2VsCond, IReadOnlyDictionary<string, Measure> Policy);
