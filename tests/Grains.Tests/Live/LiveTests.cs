using System.Collections.Concurrent;
using Hts.Feeds;
using Hts.Live;
using Hts.Tests.Cluster;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Live;

public sealed class LiveTests(TestSilo silo) : IClassFixture<TestSilo>
{
    [Fact]
    public async Task Messages_reach_every_gateway_in_the_order_they_were_published()
    {
        const int count = 2_500;
        var directory = silo.Grains.GetGrain<IGatewayDirectoryGrain>(0);
        Listener[] listeners = [new(count), new(count)];
        foreach (var listener in listeners)
            await directory.Renew(silo.Grains.CreateObjectReference<ILiveObserver>(listener));
        var publisher = silo.Service<LivePublisher>();
        for (var i = 0; i < count; i++)
            publisher.Publish(new LiveMessage("feed", $"{i}", null, null, null, null, new FeedStatusMessage($"{i}", "live", 0, "")));
        foreach (var listener in listeners)
        {
            await listener.Complete.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            listener.Heard.Where(m => m.Kind == "feed").Select(m => m.Symbol).ShouldBe(Enumerable.Range(0, count).Select(i => $"{i}"));
            listener.LargestBatch.ShouldBeLessThanOrEqualTo(1_000);
        }
    }

    [Fact]
    public async Task A_gateway_that_does_not_renew_is_forgotten_and_one_that_leaves_at_once()
    {
        var time = new FakeTimeProvider();
        var directory = new GatewayDirectoryGrain(time);
        Listener dead = new(1), alive = new(1), gone = new(1);
        foreach (var listener in (Listener[])[dead, alive, gone])
            await directory.Renew(listener);
        await directory.Leave(gone);
        time.Advance(TimeSpan.FromSeconds(IGatewayDirectoryGrain.LeaseSeconds - 1));
        await directory.Renew(alive);
        (await directory.List()).ShouldBe([dead, alive], ignoreOrder: true);
        time.Advance(TimeSpan.FromSeconds(2));
        (await directory.List()).ShouldBe([alive]);
    }

    private sealed class Listener(int expected) : ILiveObserver
    {
        private readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<LiveMessage> Heard { get; } = new();

        public int LargestBatch { get; private set; }

        public Task Complete => complete.Task;

        public Task Receive(IReadOnlyList<LiveMessage> messages, int lost)
        {
            LargestBatch = Math.Max(LargestBatch, messages.Count);
            foreach (var message in messages)
                Heard.Enqueue(message);
            if (Heard.Count(m => m.Kind == "feed") >= expected)
                complete.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
