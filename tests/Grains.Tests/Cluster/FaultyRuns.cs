using Hts.Training;

namespace Hts.Tests.Cluster;

/// <summary>The real history of trainings with faults in writes.</summary>
internal sealed class FaultyRuns(ITrainingRunStore inner) : ITrainingRunStore
{
    public Fault Writes { get; } = new();

    public Task Write(TrainingRunRow row, CancellationToken cancellation) => Writes.Around(() => inner.Write(row, cancellation));

    public Task<IReadOnlyList<TrainingRunRow>> List(int limit, CancellationToken cancellation) => inner.List(limit, cancellation);
}
