using Hts.History;

namespace Hts.Quality;

/// <summary>Seconds from the ends of bars to their receipt, over bars received live and never revised.</summary>
internal sealed record LagView(int Count, double P50, double P90, double P99, double Max)
{
    public static LagView? Of(LagMessage? m) => m is null ? null : new(m.Count, m.P50, m.P90, m.P99, m.Max);
}
