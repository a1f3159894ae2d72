using System.Collections.Concurrent;
using Hts.Inference;

namespace Hts.Tests.Inference;

public sealed class RequestRingTests
{
    private readonly ConcurrentQueue<PendingForecast> pool = new();

    [Fact]
    public void It_takes_as_many_as_its_capacity_and_gives_them_in_order()
    {
        var ring = new RequestRing(3);
        var requests = Enumerable.Range(0, 5).Select(_ => new PendingForecast(pool)).ToArray();
        requests.Select(ring.TryAdd).ShouldBe([true, true, true, false, false]);

        var taken = new PendingForecast[2];
        ring.Take(taken).ShouldBe(2);
        taken.ShouldBe(requests[..2]);
        ring.TryAdd(requests[3]).ShouldBeTrue();
        ring.TryAdd(requests[4]).ShouldBeTrue();
        var rest = new PendingForecast[5];
        ring.Take(rest).ShouldBe(3);
        rest[..3].ShouldBe(requests[2..]);
    }

    [Fact]
    public void Once_closed_it_gives_what_it_has_and_then_nothing()
    {
        var ring = new RequestRing(3);
        ring.TryAdd(new PendingForecast(pool));

        ring.Close();

        ring.Take(new PendingForecast[3]).ShouldBe(1);
        ring.Take(new PendingForecast[3]).ShouldBe(0);
        Should.Throw<ObjectDisposedException>(() => ring.TryAdd(new PendingForecast(pool)));
    }
}
