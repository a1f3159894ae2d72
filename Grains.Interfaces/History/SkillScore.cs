namespace Hts.History;

/// <summary>What settled predictions knew about direction, and about net returns beyond plain baselines. Null where there is too little to say.</summary>
/// <param name="GrossIc">Correlation of forecast and realised gross return in units of the slot's deviation: the one measure of direction.</param>
/// <param name="GrossIcLow">Lower end of its 95 % interval, from the spread of UTC days; null with fewer than two days.</param>
/// <param name="GrossIcHigh">Upper end.</param>
/// <param name="Days">UTC days that it spans.</param>
/// <param name="NetR2">1 − Σ((y − f)/σ)² / Σ((y − mean)/σ)² of net returns against the training mean of the model that predicted.</param>
/// <param name="NetR2VsCond">The same against the forecasts of <c>cond</c> on the slots that have one.</param>
[GenerateSerializer, Immutable, Alias("hts.skill-score")]
public sealed record SkillScore(
    [property: Id(0)] double? GrossIc,
    [property: Id(1)] double? GrossIcLow,
    [property: Id(2)] double? GrossIcHigh,
    [property: Id(3)] int Days,
    [property: Id(4)] double? NetR2,
    [property: Id(5)] double? NetR2VsCond);
