namespace Hts.Strategies;

/// <summary>
/// The newest values of a sequence, always contiguous in memory: writes run into some slack and now and then move back to the front.
/// </summary>
internal sealed class SlidingWindow(int length)
{
    private const int Slack = 32;

    private readonly double[] values = new double[length + Slack];
    private int end;

    public void Push(double value)
    {
        if (end == values.Length)
        {
            values.AsSpan(Slack).CopyTo(values);
            end = length;
        }
        values[end++] = value;
    }

    /// <summary>The newest <paramref name="count"/> values, oldest first; fewer while there are fewer.</summary>
    public ReadOnlySpan<double> Last(int count)
    {
        var taken = Math.Min(count, end);
        return values.AsSpan(end - taken, taken);
    }

    /// <summary>The <paramref name="count"/> values before the newest one, oldest first; fewer while there are fewer.</summary>
    public ReadOnlySpan<double> BeforeLast(int count)
    {
        var taken = Math.Min(count, Math.Max(end - 1, 0));
        return values.AsSpan(Math.Max(end - 1, 0) - taken, taken);
    }

    /// <summary>The value <paramref name="back"/> places before the newest one.</summary>
    public double Back(int back) => values[end - 1 - back];
}
