namespace Hts.Evaluation;

/// <summary>A figure with its day-block bootstrap interval; null where there is nothing to say.</summary>
/// <param name="Low">Lower end of the 95 % interval; null on fewer than <see cref="Scores.DayBlockBootstrap.LeastDays"/> days.</param>
/// <param name="High">Upper end of the 95 % interval, null like <paramref name="Low"/>.</param>
public sealed record Measure(double? Value, double? Low, double? High)
{
    /// <summary>Nothing to say.</summary>
    public static Measure None { get; } = new(null, null, null);

    /// <summary>A value that is not finite says nothing.</summary>
    internal static Measure Of(double value, (double Low, double High)? interval) =>
        double.IsFinite(value) ? new(value, interval?.Low, interval?.High) : None;
}
