namespace Hts.Exchange;

/// <summary>What <c>market.json</c> keeps, so that a restart continues the same market. Times are Unix milliseconds UTC.</summary>
internal sealed record MarketRecord
{
    public int Version { get; init; } = 1;

    /// <summary>Fingerprint of the recorded files; null for the synthetic market.</summary>
    public string? Tape { get; init; }

    /// <summary>Of recorded files: what is added to each symbol's times.</summary>
    public IReadOnlyDictionary<string, long> ShiftMs { get; init; } = new Dictionary<string, long>();

    public long Seed { get; init; }

    /// <summary>Where the synthetic market's history begins.</summary>
    public long StartTs { get; init; }

    /// <summary>Halts take trades away and so shift the ids: they stay as they were at the first start.</summary>
    public double HaltRate { get; init; }

    public long HaltSeed { get; init; }

    public long OriginRealMs { get; init; }

    public long OriginMarketMs { get; init; }

    public int Speed { get; init; } = 1;
}
