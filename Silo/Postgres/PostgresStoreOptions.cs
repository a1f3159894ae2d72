namespace Hts.Postgres;

/// <summary>Bounds of the writers that gather rows of many callers into one transaction.</summary>
public sealed class PostgresStoreOptions
{
    /// <summary>Rows that may wait in one writer; a full one answers busy. Default 200,000, allowed 1,000 to 10,000,000.</summary>
    public int QueueRows { get; set; } = 200_000;

    /// <summary>Rows that one transaction writes at most. Default 50,000, allowed 100 to 1,000,000.</summary>
    public int BatchRows { get; set; } = 50_000;

    /// <summary>First pause after the database could not be reached; doubles up to <see cref="LongestPause"/>. Default 50 ms, at least 1 ms.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Default 5 s, allowed <see cref="FirstPause"/> to 10 min.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop waits for queued rows to become durable. Default 10 s, allowed 0 to 10 min.</summary>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <exception cref="ArgumentException">A value is not allowed; the message names it.</exception>
    internal void Validate()
    {
        Require(QueueRows is >= 1_000 and <= 10_000_000, nameof(QueueRows), QueueRows, "1000 to 10000000");
        Require(BatchRows is >= 100 and <= 1_000_000, nameof(BatchRows), BatchRows, "100 to 1000000");
        Require(FirstPause >= TimeSpan.FromMilliseconds(1), nameof(FirstPause), FirstPause, "1 ms or more");
        Require(LongestPause >= FirstPause && LongestPause <= TimeSpan.FromMinutes(10), nameof(LongestPause), LongestPause, "FirstPause to 10 min");
        Require(StopWithin >= TimeSpan.Zero && StopWithin <= TimeSpan.FromMinutes(10), nameof(StopWithin), StopWithin, "0 to 10 min");
    }

    private static void Require(bool holds, string key, object value, string allowed)
    {
        if (!holds)
            throw new ArgumentException($"Storage:{key} is '{value}'; allowed: {allowed}.");
    }
}
