using Hts.Training;

namespace Hts.Tests.Cluster;

public sealed class FakeTrainingGrain(FakeWorld world) : Grain, ITrainingGrain
{
    public Task Start() => throw new NotSupportedException();

    public Task<TrainingStateMessage> Run(string reason)
    {
        world.Training = world.Training with { State = "preparing", JobName = "job-1", RunTs = FakeWorld.Slot, Reason = reason };
        return Task.FromResult(world.Training);
    }

    public Task<TrainingStateMessage> State() => Task.FromResult(world.Training);
}
