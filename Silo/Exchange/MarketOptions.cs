namespace Hts.Exchange;

/// <summary>How the built-in exchange's market is made, where the data folder does not hold one yet.</summary>
internal sealed class MarketOptions
{
    /// <summary>File or folder with recorded trades or bars; null for the synthetic market.</summary>
    public string? Tape { get; set; }

    /// <summary>Market seconds per real second, 1 to 600.</summary>
    public int Speed { get; set; } = 1;

    /// <summary>Seed of the synthetic market.</summary>
    public long Seed { get; set; } = 1;

    /// <summary>Days of history that the synthetic market begins with, 1 to 365.</summary>
    public int HistoryDays { get; set; } = 3;

    /// <summary>Chance an hour and symbol that the symbol is halted for some minutes.</summary>
    public double HaltRate { get; set; }

    /// <summary>Seed of the halts.</summary>
    public long HaltSeed { get; set; } = 1;

    /// <summary>
    /// Real seconds after the first start at which a slot ends, so that nobody waits ten minutes for a first prediction; null begins at
    /// the present instant. The market's time then lags behind the real one by less than two slots.
    /// </summary>
    public int? FirstSlotInSeconds { get; set; }

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Check()
    {
        if (Speed is < 1 or > 600)
            throw new ArgumentException($"Speed is {Speed}: 1 to 600 is allowed.");
        if (HistoryDays is < 1 or > 365)
            throw new ArgumentException($"HistoryDays is {HistoryDays}: 1 to 365 is allowed.");
        if (HaltRate is not (>= 0 and <= 1))
            throw new ArgumentException($"HaltRate is {HaltRate}: 0 to 1 is allowed.");
        if (Tape is not null && !File.Exists(Tape) && !Directory.Exists(Tape))
            throw new ArgumentException($"Tape is '{Tape}': there is no such file or folder.");
    }
}
