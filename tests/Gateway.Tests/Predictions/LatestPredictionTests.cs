using Hts.Tests.Cluster;

namespace Hts.Tests.Predictions;

/// <summary>The answer from memory is never older than the newest live message.</summary>
public sealed class LatestPredictionTests(FakeCluster cluster) : GatewayTest(cluster)
{
    // Long enough that only a live message, never the clock, can end an answer's life within a test.
    protected override (string Key, string Value)[] Settings => [("Gateway:LatestPredictionMs", "10000"), ("Gateway:LiveFlushMs", "1")];

    [Fact]
    public async Task Many_requests_ask_the_predictor_once()
    {
        var symbol = NewSymbol();
        World.Newest[symbol] = FakeWorld.Prediction(symbol, FakeWorld.Slot);
        for (var i = 0; i < 20; i++)
            await Gateway.Get($"/api/symbols/{symbol}/prediction");
        // Once for as long as the answer lives, which a busy machine may outlast.
        World.NewestCalls[symbol].ShouldBeLessThan(10);
    }

    [Theory]
    [InlineData("prediction")]
    [InlineData("settlement")]
    public async Task A_live_message_makes_the_next_request_ask_again(string kind)
    {
        var symbol = NewSymbol(kind);
        World.Newest[symbol] = FakeWorld.Prediction(symbol, FakeWorld.Slot);
        (await BaseTs(symbol)).ShouldBe("2026-01-05T10:00:00Z");

        var next = FakeWorld.Prediction(symbol, FakeWorld.Slot + 600_000);
        World.Newest[symbol] = next;
        await World.Publish(FakeWorld.Live(kind, next));
        await Live.Barriers.Until(async () => await BaseTs(symbol) == "2026-01-05T10:10:00Z", "the newest prediction to be served");
    }

    [Fact]
    public async Task An_answer_asked_for_before_a_change_is_not_kept()
    {
        var symbol = NewSymbol();
        World.Newest[symbol] = FakeWorld.Prediction(symbol, FakeWorld.Slot);
        var gate = new TaskCompletionSource();
        World.NewestGates[symbol] = gate;
        var early = BaseTs(symbol);
        await Live.Barriers.Until(() => Task.FromResult(World.NewestCalls.ContainsKey(symbol)), "the predictor to be asked");

        // The predictor has read its row; before its answer comes, the row changes and the change is published.
        var next = FakeWorld.Prediction(symbol, FakeWorld.Slot + 600_000);
        World.Newest[symbol] = next;
        await Live.Barriers.Delivered(Gateway, () => World.Publish(FakeWorld.Live("prediction", next)));
        World.NewestGates.TryRemove(symbol, out _);
        gate.SetResult();

        (await early).ShouldBe("2026-01-05T10:00:00Z");
        (await BaseTs(symbol)).ShouldBe("2026-01-05T10:10:00Z");
    }

    [Fact]
    public async Task Requests_that_come_together_share_one_question()
    {
        var symbol = NewSymbol();
        World.Newest[symbol] = FakeWorld.Prediction(symbol, FakeWorld.Slot);
        var gate = new TaskCompletionSource();
        World.NewestGates[symbol] = gate;
        var requests = Enumerable.Range(0, 50).Select(_ => BaseTs(symbol)).ToArray();
        await Live.Barriers.Until(() => Task.FromResult(World.NewestCalls.ContainsKey(symbol)), "the predictor to be asked");
        World.NewestGates.TryRemove(symbol, out _);
        gate.SetResult();
        (await Task.WhenAll(requests)).ShouldAllBe(ts => ts == "2026-01-05T10:00:00Z");
        World.NewestCalls[symbol].ShouldBeLessThan(25);
    }

    private async Task<string?> BaseTs(string symbol) => (await Gateway.Get($"/api/symbols/{symbol}/prediction")).GetProperty("baseTs").GetString();
}
