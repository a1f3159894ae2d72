using Hts.Scores;

namespace Hts.Evaluation;

/// <summary>The champion month by month: whether what it could do, it could do all the time.</summary>
internal static class Months
{
    public static IReadOnlyList<MonthSkill> Of(Walk walk, WalkDays days, SkillTable table, PolicyReport[] policies, EvaluationOptions options)
    {
        int[] symbols = [.. Enumerable.Range(0, walk.Data.Symbols.Count)];
        List<MonthSkill> months = [];
        foreach (var month in Enumerable.Range(0, days.ScoredStarts.Count).GroupBy(d => WalkDays.MonthOf(days.ScoredStarts[d])))
        {
            int[] own = [.. month];
            var bootstrap = new DayBlockBootstrap(own.Length, options.Draws, (ulong)options.Seed);
            var skill = new SkillScorer(walk.Layout, bootstrap).Score(table.OfDays(own), symbols).Pooled;
            var slots = Enumerable.Range(walk.ScoredFrom, walk.Data.Count - walk.ScoredFrom).Count(row => own.Contains(days.Scored[row]));
            months.Add(new MonthSkill(
                month.Key, slots, skill.GrossIc, skill.GrossR2, skill.SidesR2, skill.NetR2, skill.NetR2VsCond,
                policies.ToDictionary(p => p.CostBps, p => p.Of(d => own.Contains(d), bootstrap), StringComparer.Ordinal)));
        }
        return months;
    }
}
