namespace Hts.Feeds;

/// <summary>
/// How many symbols of a session may fetch at the same time. Long stretches of history have a lane of their own: no repair, and no symbol
/// that only has little to catch up with, waits behind them.
/// </summary>
internal sealed class FeedLanes(FeedSessionOptions options) : IDisposable
{
    private readonly SemaphoreSlim repairs = new(options.ParallelRepairs);
    private readonly SemaphoreSlim backfills = new(options.ParallelBackfills);

    public Task<Turn> Repair(CancellationToken cancellation) => Enter(repairs, cancellation);

    public Task<Turn> Backfill(CancellationToken cancellation) => Enter(backfills, cancellation);

    public void Dispose()
    {
        repairs.Dispose();
        backfills.Dispose();
    }

    private static async Task<Turn> Enter(SemaphoreSlim lane, CancellationToken cancellation)
    {
        await lane.WaitAsync(cancellation);
        return new Turn(lane);
    }

    /// <summary>A place in a lane, given back when disposed.</summary>
    public readonly struct Turn(SemaphoreSlim lane) : IDisposable
    {
        public void Dispose() => lane.Release();
    }
}
