namespace Hts.Postgres;

/// <summary>What the database keeps and for how long, section <c>Storage</c>. Days are of the market's clock; 0 keeps all.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Storage";

    /// <summary>
    /// Days that base bars are kept: a training's window and a month more, in which a year can be compared with the one before.
    /// Default 400, not below <c>Training:WindowDays</c>.
    /// </summary>
    public int BarDays { get; set; } = 400;

    /// <summary>Days that one-minute bars are kept; hourly ones are kept for ever. Default 1,100 (three years), not below <see cref="BarDays"/>.</summary>
    public int RollUpDays { get; set; } = 1_100;

    /// <summary>Days that the restart state of every slot is kept; of older ones one a day is. Labels stay. Default 14.</summary>
    public int StateDays { get; set; } = 14;

    /// <summary>Days ahead for which partitions are made. Default 2, allowed 1 to 30.</summary>
    public int DaysAhead { get; set; } = 2;

    /// <summary>Minutes after its end before an hour is rolled up: late trades come within them as a rule. Default 10, allowed 0 to 1,440.</summary>
    public int RollUpAfterMinutes { get; set; } = 10;

    /// <summary>Real seconds between two rounds of upkeep. Default 20, allowed 1 to 3,600.</summary>
    public int UpkeepSeconds { get; set; } = 20;
}
