using Hts.History;
using Hts.Json;

namespace Hts.Scorecards;

/// <summary>What the newest whole day says about drift, all symbols together.</summary>
/// <param name="Watched">"features" of predictions, or "errors" of what was predicted.</param>
/// <param name="Days">Days that it was held against.</param>
/// <param name="Strangeness">How much farther off the day lies than a usual one, in its strangest channel: 1 is usual.</param>
/// <param name="PValue">Share of such days that lie as far off when nothing has changed; null while too few days are known.</param>
/// <param name="Channel">The strangest feature, or strategy.</param>
/// <param name="Alarm">Whether that is too rare to be chance, by the configured rate of false alarms.</param>
internal sealed record DriftScoreView(string Watched, UtcTime Day, int Days, double Strangeness, double? PValue, string Channel, bool Alarm)
{
    public static DriftScoreView From(DriftScore m) => new(m.Watched, new UtcTime(m.DayTs), m.Days, m.Strangeness, m.PValue, m.Channel, m.Alarm);
}
