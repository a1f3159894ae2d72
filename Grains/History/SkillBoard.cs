using Hts.Ledgers;
using Hts.Scores;
using Hts.Strategies;

namespace Hts.History;

/// <summary>Direction and net skill from sums over days. Returns in units of each slot's deviation.</summary>
internal sealed class SkillBoard(StrategySet strategies, IReadOnlyList<SkillDay> days)
{
    /// <summary>The interval of the pooled gross IC lies above zero.</summary>
    public const string Shown = "shown";

    /// <summary>It does not: no skill in direction can be claimed.</summary>
    public const string None = "none";

    /// <summary>There is no interval yet.</summary>
    public const string Unknown = "unknown";

    // The same as the long hold but for its sign: it would count one forecast twice.
    private const string Mirrored = "short_hold";

    private const double Level = 0.95;

    public static string Direction(SkillScore pooled) => pooled.GrossIcLow switch
    {
        null => Unknown,
        > 0 => Shown,
        _ => None,
    };

    /// <param name="netR2">R² against the training mean.</param>
    public SkillScore Of(string strategy, double? netR2) =>
        Make(days.Where(d => d.Strategy == strategy), days.Where(d => d.Strategy == strategy), netR2);

    /// <inheritdoc cref="Of"/>
    public SkillScore Pooled(double? netR2)
    {
        var active = strategies.Active.Select(s => s.Name).ToHashSet();
        return Make(days.Where(d => d.Strategy != Mirrored), days.Where(d => active.Contains(d.Strategy)), netR2);
    }

    private static SkillScore Make(IEnumerable<SkillDay> gross, IEnumerable<SkillDay> net, double? netR2)
    {
        PairSums[] blocks =
        [
            .. gross.GroupBy(d => d.DayTs, (_, day) => day.Aggregate(default(PairSums), (sums, d) => sums + d.Gross)).Where(sums => sums.Count > 0),
        ];
        var ic = BlockedIc.Of(blocks);
        var half = ic.HalfWidth(Level);
        double own = 0, cond = 0;
        foreach (var day in net)
            (own, cond) = (own + day.NetError, cond + day.CondError);
        return new SkillScore(
            ic.Value, half is null ? null : Math.Max(-1, ic.Value!.Value - half.Value), half is null ? null : Math.Min(1, ic.Value!.Value + half.Value), ic.Blocks,
            netR2, cond > 0 && double.IsFinite(own / cond) ? 1 - (own / cond) : null);
    }
}
