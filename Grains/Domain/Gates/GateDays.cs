namespace Hts.Gates;

/// <summary>Gathers slots' losses into the days that the gate compares.</summary>
public static class GateDays
{
    /// <summary>
    /// The days that have a scored slot, in order of time. A slot that a compared model has no finite loss for is not scored.
    /// </summary>
    /// <param name="slots">In any order.</param>
    /// <param name="slotsPerDay">Slots that a UTC day has for one symbol; a day is due for each symbol that appears in it.</param>
    /// <param name="withChampion">False when there is no champion to compare with.</param>
    public static IReadOnlyList<GateDay> Of(IEnumerable<GateSlot> slots, int slotsPerDay, bool withChampion)
    {
        List<GateDay> days = [];
        foreach (var day in slots.GroupBy(s => s.BaseTs - (s.BaseTs % GateDay.Ms)).OrderBy(g => g.Key))
        {
            GateSlot[][] symbols = [.. day.Where(s => IsScored(s, withChampion)).GroupBy(s => s.Symbol).OrderBy(g => g.Key).Select(g => g.ToArray())];
            if (symbols.Length == 0)
                continue;
            var anchored = Array.TrueForAll(symbols, rows => Array.TrueForAll(rows, s => s.Anchor is { } loss && double.IsFinite(loss)));
            days.Add(new GateDay(
                day.Key, day.Select(s => s.Symbol).Distinct().Count() * slotsPerDay, symbols.Sum(rows => rows.Length),
                withChampion ? Mean(symbols, s => s.Champion!.Value) : null, Mean(symbols, s => s.Challenger), Mean(symbols, s => s.Cond),
                anchored ? Mean(symbols, s => s.Anchor!.Value) : null)
            {
                Coverage = Array.TrueForAll(symbols, rows => Array.TrueForAll(rows, s => s.Coverage is not null)) ? Mean(symbols, s => s.Coverage!.Value) : null,
            });
        }
        return days;
    }

    private static bool IsScored(GateSlot slot, bool withChampion) =>
        double.IsFinite(slot.Challenger) && double.IsFinite(slot.Cond)
        && (!withChampion || slot.Champion is { } loss && double.IsFinite(loss));

    private static double Mean(GateSlot[][] symbols, Func<GateSlot, double> value) => symbols.Average(rows => rows.Average(value));
}
