using Hts.History;

namespace Hts.Scorecards;

/// <summary>How many outcomes lay within their 90 % interval.</summary>
/// <param name="Standing">Whether the strategy's own position stood at the decision.</param>
/// <param name="Coverage">Share within, 0 to 1.</param>
internal sealed record CoverageScoreView(string Strategy, bool Standing, int Count, double Coverage)
{
    public static CoverageScoreView From(CoverageScore m) => new(m.Strategy, m.Standing, m.Count, m.Coverage);
}
