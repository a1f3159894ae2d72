using Hts.Hosting;

namespace Hts.Status;

/// <summary>
/// The market's clock as seen from here: the cluster says its time and speed, this carries it on. The gateway has no market clock of its own,
/// because it may run in another process than the silos.
/// </summary>
internal sealed class MarketTime(ClusterCalls cluster, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);
    private volatile Reading? reading;

    /// <summary>Facts of the system, at most ten seconds old.</summary>
    public ValueTask<SystemStatus> Facts() =>
        reading is { } last && time.GetElapsedTime(last.TakenAt) < Freshness
            ? ValueTask.FromResult(last.Facts)
            : new ValueTask<SystemStatus>(Ask());

    /// <summary>The market's time in Unix ms.</summary>
    /// <exception cref="InvalidOperationException">The cluster was never asked.</exception>
    public long NowMs
    {
        get
        {
            var last = reading ?? throw new InvalidOperationException("Ask for the facts first.");
            return last.Facts.NowMs + (long)(time.GetElapsedTime(last.TakenAt).TotalMilliseconds * last.Facts.Speed);
        }
    }

    /// <summary>Asks the cluster anew.</summary>
    public async Task<SystemStatus> Ask()
    {
        var facts = await cluster.Read(0, static (grains, _) => grains.GetGrain<ISystemGrain>(0).Status());
        reading = new Reading(facts, time.GetTimestamp());
        return facts;
    }

    private sealed record Reading(SystemStatus Facts, long TakenAt);
}
