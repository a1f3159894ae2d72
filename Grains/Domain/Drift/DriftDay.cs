namespace Hts.Drift;

/// <summary>One UTC day of several values, each in a sketch of its own. Parts of a day merge.</summary>
public sealed class DriftDay
{
    private readonly Sketch[] sketches;

    /// <param name="dayTs">The day's start, Unix ms UTC.</param>
    /// <param name="channels">Number of values.</param>
    public DriftDay(long dayTs, int channels)
        : this(dayTs, [.. Enumerable.Range(0, channels).Select(_ => new Sketch())])
    {
    }

    /// <param name="sketches">One a channel.</param>
    public DriftDay(long dayTs, Sketch[] sketches)
    {
        DayTs = dayTs;
        this.sketches = sketches;
    }

    public long DayTs { get; }

    public IReadOnlyList<Sketch> Sketches => sketches;

    /// <summary>Rows counted: the most of any channel.</summary>
    public long Count => sketches.Max(s => s.Count);

    /// <param name="values">One a channel.</param>
    public void Add(ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, sketches.Length);
        for (var c = 0; c < values.Length; c++)
            sketches[c].Add(values[c]);
    }

    /// <exception cref="ArgumentException">The other one is of another day or has other channels.</exception>
    public void Merge(DriftDay other)
    {
        if (other.DayTs != DayTs || other.sketches.Length != sketches.Length)
            throw new ArgumentException($"A day of {other.DayTs} with {other.sketches.Length} channels does not merge into {DayTs} with {sketches.Length}.", nameof(other));
        for (var c = 0; c < sketches.Length; c++)
            sketches[c].Merge(other.sketches[c]);
    }
}
