namespace Hts.Labels;

/// <summary>
/// What every strategy would have earned in one window. Returns are fractions; arrays are in the order of the strategy set. A maker
/// reuses its label: copy what is to be kept.
/// </summary>
public sealed class WindowLabel
{
    public WindowLabel(int strategies, int activeStrategies)
    {
        Standing = new sbyte[activeStrategies];
        Gross = new double[strategies];
        Sides = new int[strategies];
        Net = new double[strategies];
    }

    /// <summary>The window's end, Unix milliseconds UTC.</summary>
    public long Ts { get; internal set; }

    /// <summary>Known bars of the window without trades.</summary>
    public int EmptyBars { get; internal set; }

    /// <summary>Intervals of the window of which nothing is known, those before the first bar ever included.</summary>
    public int MissingBars { get; internal set; }

    /// <summary>False when a bar was missing or the machines were not warm at the decision: then the figures are no label.</summary>
    public bool Complete { get; internal set; }

    /// <summary>Standing state of each active strategy at the decision, the window's beginning: −1, 0 or 1.</summary>
    public sbyte[] Standing { get; }

    /// <summary>Return before costs.</summary>
    public double[] Gross { get; }

    /// <summary>Number of fills.</summary>
    public int[] Sides { get; }

    /// <summary>Gross − cost per fill × sides.</summary>
    public double[] Net { get; }

    /// <summary>Overwrites another label of the same set with this one.</summary>
    public void CopyTo(WindowLabel other)
    {
        (other.Ts, other.EmptyBars, other.MissingBars, other.Complete) = (Ts, EmptyBars, MissingBars, Complete);
        Standing.CopyTo(other.Standing, 0);
        Gross.CopyTo(other.Gross, 0);
        Sides.CopyTo(other.Sides, 0);
        Net.CopyTo(other.Net, 0);
    }

    /// <summary>A copy to keep.</summary>
    public WindowLabel Copy()
    {
        var copy = new WindowLabel(Gross.Length, Standing.Length);
        CopyTo(copy);
        return copy;
    }
}
