namespace Hts.Imports;

/// <summary>The time that one symbol's rows of one part cover.</summary>
internal sealed class PartSpan(string symbol)
{
    public string Symbol { get; } = symbol;

    public long FirstTs { get; private set; } = long.MaxValue;

    public long LastTs { get; private set; } = long.MinValue;

    /// <summary>Bars that came out of this time.</summary>
    public long Bars { get; set; }

    /// <returns>Milliseconds since the row before; 0 for the first.</returns>
    public long Add(long ts)
    {
        var silenceMs = LastTs == long.MinValue ? 0 : ts - LastTs;
        FirstTs = Math.Min(FirstTs, ts);
        LastTs = Math.Max(LastTs, ts);
        return silenceMs;
    }
}
