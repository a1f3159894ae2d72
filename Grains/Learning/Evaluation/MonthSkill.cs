namespace Hts.Evaluation;

/// <summary>The champion in one calendar month, all symbols and strategies pooled.</summary>
/// <param name="Month">As <c>2022-01</c>.</param>
/// <param name="Slots">Scored slots over all symbols.</param>
/// <param name="Policy">Return of the policy by cost, basis points a slot and symbol.</param>
public sealed record MonthSkill(
    string Month,
    int Slots,
    Measure GrossIc,
    Measure GrossR2,
    Measure SidesR2,
    Measure NetR2,
    Measure NetR2VsCond,
    IReadOnlyDictionary<string, Measure> Policy);
