namespace Hts.Evaluations;

/// <summary>Values to places on an axis, with round ticks.</summary>
internal sealed class Scale
{
    private readonly double from;
    private readonly double to;

    /// <param name="values">What must lie on the axis; those not finite are left aside.</param>
    /// <param name="from">Place of the least value.</param>
    /// <param name="to">Place of the largest value.</param>
    public Scale(IEnumerable<double?> values, double from, double to)
    {
        (this.from, this.to) = (from, to);
        double[] finite = [.. values.Where(v => v is { } x && double.IsFinite(x)).Select(v => v!.Value)];
        var (least, most) = finite.Length == 0 ? (0, 1) : (finite.Min(), finite.Max());
        if (most - least < 1e-12)
            (least, most) = (least - Math.Max(1e-6, Math.Abs(least) / 2), most + Math.Max(1e-6, Math.Abs(most) / 2));
        Step = RoundStep((most - least) / 4);
        Least = Math.Floor(least / Step) * Step;
        Most = Math.Ceiling(most / Step) * Step;
    }

    public double Least { get; }

    public double Most { get; }

    public double Step { get; }

    /// <summary>Round values along the axis.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            var count = (int)Math.Round((Most - Least) / Step);
            for (var i = 0; i <= count; i++)
                yield return Math.Abs(Least + (i * Step)) < Step / 1e6 ? 0 : Least + (i * Step);
        }
    }

    /// <summary>A format with as many decimals as the ticks need.</summary>
    public string Format => Step >= 1 ? "0" : "0." + new string('0', (int)Math.Ceiling(-Math.Log10(Step) - 1e-9));

    public double this[double value] => from + ((value - Least) / (Most - Least) * (to - from));

    private static double RoundStep(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var share = raw / power;
        return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    }
}
