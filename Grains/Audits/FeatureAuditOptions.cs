namespace Hts.Audits;

/// <summary>The nightly check of yesterday's features; section <c>Audit</c>.</summary>
public sealed class FeatureAuditOptions
{
    /// <summary>Whether it runs. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Market minutes after midnight UTC at which it runs, within [10, 1200]. Default 90.</summary>
    public int MinutesAfterMidnight { get; set; } = 90;

    /// <summary>Most symbols a night, others take their turn the nights after; within [1, 100000]. Default 50.</summary>
    public int Symbols { get; set; } = 50;
}
