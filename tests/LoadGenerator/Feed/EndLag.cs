using Hts.Load.Figures;

namespace Hts.Load.Feed;

/// <summary>How long after one instant the bars that ended at it came to the listener.</summary>
internal sealed record EndLag(DateTimeOffset End, Spread Lag)
{
    public override string ToString() => $"{End:HH:mm:ss} p50 {Lag.P50:0}, p99 {Lag.P99:0} ms";
}
