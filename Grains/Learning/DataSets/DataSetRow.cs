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
    internal string? BrokenRule(DataSetHeader header, int activeCount) =>
        BrokenRule(header, activeCount, Symbol, BaseTs, Features, SigmaSlot, Standing, Gross, Sides);

    /// <summary>The same for values that stand in columns.</summary>
    internal static string? BrokenRule(
        DataSetHeader header, int activeCount, string symbol, long baseTs, ReadOnlySpan<float> features, double sigmaSlot,
        ReadOnlySpan<sbyte> standing, ReadOnlySpan<double> gross, ReadOnlySpan<int> sides)
    {
        if (string.IsNullOrEmpty(symbol))
            return "symbol is empty";
        if (baseTs < 0 || baseTs % header.SlotMs != 0)
            return $"base_ts {baseTs} is not a slot boundary";
        if (features.Length != header.FeatureCount)
            return $"features has {features.Length} values, {header.FeatureCount} are needed";
        if (standing.Length != activeCount)
            return $"standing has {standing.Length} values, {activeCount} are needed";
        if (gross.Length != header.StrategyCount || sides.Length != header.StrategyCount)
            return $"gross has {gross.Length} and sides {sides.Length} values, {header.StrategyCount} are needed";
        if (!(sigmaSlot > 0 && double.IsFinite(sigmaSlot)))
            return $"sigma_slot {sigmaSlot} is not positive and finite";
        for (var i = 0; i < features.Length; i++)
            if (!float.IsFinite(features[i]))
                return $"features[{i}] is not finite";
        for (var i = 0; i < gross.Length; i++)
            if (!double.IsFinite(gross[i]))
                return $"gross[{i}] is not finite";
        if (standing.ContainsAnyExceptInRange<sbyte>(-1, 1))
            return "standing holds a value other than -1, 0 and 1";
        return sides.ContainsAnyExceptInRange(0, 10_000) ? "sides holds a value below 0 or above 10,000" : null;
    }
}
