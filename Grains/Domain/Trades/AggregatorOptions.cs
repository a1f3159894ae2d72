namespace Hts.Trades;

/// <summary>How long bars may change, and what silence means.</summary>
public sealed class AggregatorOptions
{
    /// <summary>Longest time bars may be kept open to revision: a day.</summary>
    public const long MaxRevisionMs = 86_400_000;

    /// <summary>A bar that ended this long before the newest instant is final; a later trade of it is too late. Default 120,000.</summary>
    public long RevisionMs { get; set; } = 120_000;

    /// <summary>
    /// A silence longer than this that nobody vouched for (see <see cref="BarAggregator.AdvanceTo"/>) is a hole; a shorter one is a
    /// quiet market and gives flat bars. Default 120,000; <see cref="long.MaxValue"/> makes every silence quiet.
    /// </summary>
    public long MaxQuietMs { get; set; } = 120_000;

    /// <summary>Null when sound, else the bad key, its value and what is allowed.</summary>
    public string? Check()
    {
        if (RevisionMs is < 0 or > MaxRevisionMs)
            return $"Feed:{nameof(RevisionMs)} is {RevisionMs}; allowed are 0 to {MaxRevisionMs} ms.";
        return MaxQuietMs <= 0 ? $"Feed:{nameof(MaxQuietMs)} is {MaxQuietMs}; it must be above 0 ms." : null;
    }
}
