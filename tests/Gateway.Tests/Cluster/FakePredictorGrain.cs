using Hts.Predictions;

namespace Hts.Tests.Cluster;

public sealed class FakePredictorGrain(FakeWorld world) : Grain, IStrategyPredictorGrain
{
    private string Symbol => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        world.Activated.TryAdd(Symbol, true);
        return Task.CompletedTask;
    }

    public async Task<PredictionMessage?> Newest()
    {
        // Read before the call is counted: a test that waits for the count may change it at once.
        var answer = world.Newest.GetValueOrDefault(Symbol);
        world.NewestCalls.AddOrUpdate(Symbol, 1, static (_, n) => n + 1);
        world.Fail(Symbol);
        if (world.NewestGates.TryGetValue(Symbol, out var gate))
            await gate.Task;
        return answer;
    }

    public Task<PredictionMessage?> Predict()
    {
        world.Fail(Symbol);
        return Task.FromResult(world.Newest.GetValueOrDefault(Symbol));
    }

    public Task Start() => throw new NotSupportedException();

    public Task Stop() => throw new NotSupportedException();

    public Task SlotEnded(long baseTs) => throw new NotSupportedException();
}
