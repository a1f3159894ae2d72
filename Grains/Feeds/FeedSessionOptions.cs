namespace Hts.Feeds;

/// <summary>Section "Feed": how a connection to an exchange is kept.</summary>
public sealed class FeedSessionOptions
{
    /// <summary>Days of history that a new symbol starts with.</summary>
    public int BackfillDays { get; set; } = 7;

    /// <summary>Milliseconds after its end at which a bar of fetched history counts as known.</summary>
    public int PublicationDelayMs { get; set; } = 1_000;

    /// <summary>Holes longer than this are filled from one-second klines, shorter ones trade by trade.</summary>
    public int KlineMinutes { get; set; } = 120;

    /// <summary>Live trades held per symbol while it is behind; with more the symbol is repaired by REST.</summary>
    public int BufferedTrades { get; set; } = 20_000;

    /// <summary>Symbols whose missing trades are fetched at the same time.</summary>
    public int ParallelRepairs { get; set; } = 4;

    /// <summary>Symbols whose history is fetched at the same time, beside the repairs.</summary>
    public int ParallelBackfills { get; set; } = 2;

    /// <summary>How often trades that a stream skipped are asked for before the message that revealed them is taken for a false one.</summary>
    public int RepairAttempts { get; set; } = 4;

    /// <summary>Market minutes back to which bars are made anew for a trade that was found late.</summary>
    public int RewindMinutes { get; set; } = 360;

    /// <summary>Market seconds without a trade after which REST is asked whether the stream withholds any.</summary>
    public int VerifyQuietSeconds { get; set; } = 120;

    /// <summary>Market hours after which a connection is renewed, less up to a tenth at random; the exchange cuts it after 24.</summary>
    public double ConnectionHours { get; set; } = 23.5;

    /// <summary>Shortest pause before a new connection, real milliseconds; doubles with each failure up to 30 s, with jitter.</summary>
    public int ReconnectMs { get; set; } = 250;

    /// <summary>Real seconds between looks at the exchange's list of symbols and their trading status.</summary>
    public int StatusSeconds { get; set; } = 10;
}
