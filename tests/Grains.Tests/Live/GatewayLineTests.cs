using System.Collections.Concurrent;
using Hts.Feeds;
using Hts.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Tests.Live;

public sealed class GatewayLineTests
{
    private const int Capacity = 5_000;

    [Fact]
    public async Task A_batch_waits_until_the_one_before_was_taken_and_a_stalled_gateway_holds_up_no_other()
    {
        Gateway stalled = new(), other = new();
        GatewayLine[] lines = [new(stalled, Capacity, NullLogger.Instance), new(other, Capacity, NullLogger.Instance)];
        for (var i = 0; i < 2_500; i++)
        {
            foreach (var line in lines)
                line.Put(Message(i));
        }
        other.Take();
        await other.Heard(2_500);
        await stalled.Heard(1);
        stalled.Calls.Count.ShouldBe(1, "the first call is still under way");
        stalled.Take();
        await stalled.Heard(2_500);
        stalled.Symbols.ShouldBe(Enumerable.Range(0, 2_500).Select(i => $"{i}"));
        stalled.Calls.Max(c => c.Count).ShouldBeLessThanOrEqualTo(1_000);
    }

    [Fact]
    public async Task The_batch_after_a_refused_one_tells_of_the_loss()
    {
        var gateway = new Gateway { Refused = new InvalidOperationException("not now") };
        gateway.Take();
        var line = new GatewayLine(gateway, Capacity, NullLogger.Instance);
        line.Put(Message(1));
        await gateway.Heard(1);
        gateway.Refused = null;
        line.Put(Message(2));
        await gateway.Heard(2);
        gateway.Symbols.ShouldBe(["1", "2"]);
        gateway.Lost.ShouldBe([0, 1]);
    }

    [Fact]
    public async Task A_gateway_that_stalls_too_long_gets_the_newest_and_hears_how_many_it_missed()
    {
        var gateway = new Gateway();
        var line = new GatewayLine(gateway, capacity: 10, NullLogger.Instance);
        line.Put(Message(0));
        await gateway.Heard(1);
        for (var i = 1; i <= 25; i++)
            line.Put(Message(i));
        line.Lose(2);
        gateway.Take();
        await gateway.Heard(11);
        gateway.Symbols.Skip(1).ShouldBe(Enumerable.Range(16, 10).Select(i => $"{i}"));
        gateway.Lost.ShouldBe([0, 17]);
    }

    [Fact]
    public async Task After_the_end_nothing_that_waited_is_sent()
    {
        var gateway = new Gateway();
        var line = new GatewayLine(gateway, Capacity, NullLogger.Instance);
        line.Put(Message(1));
        await gateway.Heard(1);
        line.Put(Message(2));
        line.End();
        gateway.Take();
        await line.Ended.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        gateway.Symbols.ShouldBe(["1"]);
    }

    private static LiveMessage Message(int i) => new("feed", $"{i}", null, null, null, null, new FeedStatusMessage($"{i}", "live", 0, ""));

    private sealed class Gateway : ILiveObserver
    {
        private readonly TaskCompletionSource taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<IReadOnlyList<LiveMessage>> Calls { get; } = new();

        public ConcurrentQueue<int> Lost { get; } = new();

        public Exception? Refused { get; set; }

        public IEnumerable<string?> Symbols => Calls.SelectMany(c => c).Select(m => m.Symbol);

        public void Take() => taken.TrySetResult();

        public async Task Receive(IReadOnlyList<LiveMessage> messages, int lost)
        {
            Lost.Enqueue(lost);
            Calls.Enqueue(messages);
            await taken.Task;
            if (Refused is { } refused)
                throw refused;
        }

        public async Task Heard(int count)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (Symbols.Count() < count)
                await Task.Delay(10, patience.Token);
        }
    }
}
