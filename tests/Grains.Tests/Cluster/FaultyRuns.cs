using Hts.Training;

namespace Hts.Tests.Cluster;

/// <summary>The real history of trainings with faults in writes.</summary>
internal sealed class FaultyRuns(ITrainingRunStore inner) : ITrainingRunStore
{
    public Fault Writes { get; } = new();

    public Task Write(TrainingRunRow row, CancellationToken cancellation) => Writes.Around(() => inner.Write(row, cancellation));

    public Task WriteGate(GateRecord gate, CancellationToken cancellation) => inner.WriteGate(gate, cancellation);

    public Task<GateRecord?> FindGate(string jobName, CancellationToken cancellation) => inner.FindGate(jobName, cancellation);

    public Task<IReadOnlyList<GateRecord>> ListGates(int limit, CancellationToken cancellation) => inner.ListGates(limit, cancellation);

    public Task<double?> UsualSeconds(string place, CancellationToken cancellation) => inner.UsualSeconds(place, cancellation);

    public Task<IReadOnlyList<TrainingRunRow>> List(int limit, CancellationToken cancellation) => inner.List(limit, cancellation);

    public Task<IReadOnlyList<TrainingRunRow>> ListAfter(long startedAt, string jobName, int limit, CancellationToken cancellation) =>
        inner.ListAfter(startedAt, jobName, limit, cancellation);

    public Task<IReadOnlyList<GateRecord>> ListGatesAfter(long startedAt, string jobName, int limit, CancellationToken cancellation) =>
        inner.ListGatesAfter(startedAt, jobName, limit, cancellation);
}
