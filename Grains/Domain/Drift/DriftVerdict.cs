namespace Hts.Drift;

/// <summary>What a day says about drift.</summary>
/// <param name="DayTs">The day's start, Unix ms UTC.</param>
/// <param name="Days">Days it was held against.</param>
/// <param name="Strangeness">How much farther off it lies than a usual day, in its strangest channel: 1 is usual.</param>
/// <param name="PValue">Share of such days that lie as far off when nothing has changed; null while too few days are known.</param>
/// <param name="Channel">The strangest channel.</param>
/// <param name="Alarm">True when the p-value does not exceed the stated rate of false alarms.</param>
public sealed record DriftVerdict(long DayTs, int Days, double Strangeness, double? PValue, int Channel, bool Alarm)
{
    /// <summary>Symbol that was farthest from the others in that channel; empty when it is not known.</summary>
    public string Symbol { get; init; } = "";
}
