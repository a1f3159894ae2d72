namespace Hts.DataSets;

/// <summary>One instant of decision with what was known then and what came of it.</summary>
/// <param name="Symbol">Market.</param>
/// <param name="BaseTs">Instant of decision, Unix ms UTC, a slot boundary.</param>
/// <param name="Features">Known at the decision, in the order of the feature schema.</param>
/// <param name="SigmaSlot">Expected standard deviation of the slot's log return, a positive fraction.</param>
/// <param name="Standing">Standing side of each strategy that keeps a state: −1, 0 or 1.</param>
/// <param name="Gross">Return before cost of each strategy, fractions, in the set's order.</param>
/// <param name="Sides">Fills of each strategy. Net is composed: gross − cost·sides.</param>
public sealed record DataSetRow(
    string Symbol, long BaseTs, float[] Features, double SigmaSlot, sbyte[] Standing, double[] Gross, int[] Sides)
{
    /// <summary>The rule that the row breaks, or null.</summary>
    internal string? BrokenRule(DataSetHeader header, int activeCount)
    {
        if (string.IsNullOrEmpty(Symbol))
            return "symbol is empty";
        if (BaseTs < 0 || BaseTs % header.SlotMs != 0)
            return $"base_ts {BaseTs} is not a slot boundary";
        if (Features.Length != header.FeatureCount)
            return $"features has {Features.Length} values, {header.FeatureCount} are needed";
        if (Standing.Length != activeCount)
            return $"standing has {Standing.Length} values, {activeCount} are needed";
        if (Gross.Length != header.StrategyCount || Sides.Length != header.StrategyCount)
            return $"gross has {Gross.Length} and sides {Sides.Length} values, {header.StrategyCount} are needed";
        if (!(SigmaSlot > 0 && double.IsFinite(SigmaSlot)))
            return $"sigma_slot {SigmaSlot} is not positive and finite";
        if (!Array.TrueForAll(Features, float.IsFinite))
            return $"features[{Array.FindIndex(Features, f => !float.IsFinite(f))}] is not finite";
        if (!Array.TrueForAll(Gross, double.IsFinite))
            return $"gross[{Array.FindIndex(Gross, g => !double.IsFinite(g))}] is not finite";
        if (!Array.TrueForAll(Standing, s => s is >= -1 and <= 1))
            return "standing holds a value other than -1, 0 and 1";
        return Array.TrueForAll(Sides, s => s is >= 0 and <= 10_000) ? null : "sides holds a value below 0 or above 10,000";
    }
}
