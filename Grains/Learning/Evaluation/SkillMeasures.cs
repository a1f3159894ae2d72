namespace Hts.Evaluation;

/// <summary>How good forecasts were, in σ units of the slot. Pooled: see each measure.</summary>
/// <param name="GrossIc">Correlation of forecast and realised gross: the only one that speaks of direction. Pooled over all strategies but the mirrored short hold.</param>
/// <param name="GrossR2">R² of gross against the training mean; pooled as the correlation.</param>
/// <param name="SidesR2">R² of fills against the training mean; pooled: the mean of those of the active strategies. Null for the holds.</param>
/// <param name="NetR2">R² of net against the training mean; pooled over all strategies.</param>
/// <param name="NetR2VsCond">R² of net against the <c>cond</c> table; pooled over the active strategies.</param>
public sealed record SkillMeasures(Measure GrossIc, Measure GrossR2, Measure SidesR2, Measure NetR2, Measure NetR2VsCond);
