namespace Hts.Imports;

/// <summary>A stretch of time on the bar grid: [<see cref="FromTs"/>, <see cref="ToTs"/>), Unix ms.</summary>
internal readonly record struct Span(long FromTs, long ToTs)
{
    public long LengthMs => ToTs - FromTs;

    public bool Overlaps(Span other) => FromTs < other.ToTs && other.FromTs < ToTs;
}
