using Hts.Bars;

namespace Hts.DataSets;

/// <summary>
/// Which symbols stay where there is no room for the rows of all. Rows of one instant move together, so it is time that teaches and judges:
/// of many symbols' newest rows alone there would soon be no more than a few days. So each symbol that stays keeps as many slots as are
/// needed, and others are left out whole.
/// </summary>
internal static class SymbolSample
{
    // One that stopped knows nothing of what is judged on, the newest slots.
    private const long StoppedMs = 7 * 86_400_000L;

    /// <summary>The symbols that stay: by a hash of their names, so that they are the same ones from training to training; at least one.</summary>
    /// <param name="symbols">Name, number of rows and last instant of each.</param>
    /// <param name="maxRows">Rows that there is room for.</param>
    /// <param name="leastSlots">Newest rows that each symbol keeps at least, as far as it has so many.</param>
    public static HashSet<string> Of(IReadOnlyCollection<(string Name, long Rows, long LastTs)> symbols, long maxRows, long leastSlots)
    {
        HashSet<string> kept = new(StringComparer.Ordinal);
        var stopped = symbols.Max(s => s.LastTs) - StoppedMs;
        var room = maxRows;
        // From the end of the hashes that shadows do not take: where there are many, live models are judged on symbols unknown to them.
        foreach (var symbol in symbols.OrderBy(s => s.LastTs < stopped).ThenByDescending(s => SymbolHash.Of(s.Name)).ThenBy(s => s.Name, StringComparer.Ordinal))
        {
            room -= Math.Min(symbol.Rows, leastSlots);
            if (room < 0 && kept.Count > 0)
                break;
            kept.Add(symbol.Name);
        }
        return kept;
    }

    /// <summary>Those of the rows whose symbols stay, in their order; all of them where there is room.</summary>
    public static int[] Rows(DataSet data, int[] rows, int maxRows, long leastSlots)
    {
        if (rows.Length <= maxRows)
            return rows;
        var known = rows.GroupBy(row => data.Symbol[row]).Select(g => (data.Symbols[g.Key], (long)g.Count(), g.Max(row => data.BaseTs[row])));
        var kept = Of([.. known], maxRows, leastSlots);
        bool[] stays = [.. data.Symbols.Select(kept.Contains)];
        return Array.FindAll(rows, row => stays[data.Symbol[row]]);
    }
}
