namespace Hts.Feeds;

/// <summary>Pauses that double up to 30 s, each shortened by up to half at random so that many do not come back at once.</summary>
internal sealed class BackOff(int firstMs)
{
    private const int LongestMs = 30_000;

    private int failures;

    public void Reset() => failures = 0;

    public Task Wait(CancellationToken cancellation)
    {
        var longest = (int)Math.Min(firstMs * Math.Pow(2, failures++), LongestMs);
        return Task.Delay(longest - Random.Shared.Next((longest / 2) + 1), cancellation);
    }
}
