namespace Hts.Feeds;

/// <summary>Pauses that double up to 30 s, each shortened by up to half at random so that many do not come back at once.</summary>
internal sealed class BackOff(int firstMs)
{
    private const int LongestMs = 30_000;

    private int nextMs = firstMs;

    public void Reset() => nextMs = firstMs;

    public Task Wait(CancellationToken cancellation)
    {
        var pause = nextMs - Random.Shared.Next((nextMs / 2) + 1);
        nextMs = Math.Min(nextMs * 2, LongestMs);
        return Task.Delay(pause, cancellation);
    }
}
