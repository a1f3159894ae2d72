namespace Hts.Features;

/// <summary>Ages squeezed into [0, 1], finely for young ones.</summary>
internal static class LogScale
{
    /// <summary>A week of ten-minute slots.</summary>
    public const double WeekSlots = 1008;

    /// <summary>Half a day of ten-minute slots.</summary>
    public const double HalfDaySlots = 72;

    /// <summary>ln(1 + value) / ln(1 + cap), within [0, 1].</summary>
    public static float Of(double value, double cap) => (float)(Math.Log(1 + Math.Clamp(value, 0, cap)) / Math.Log(1 + cap));
}
