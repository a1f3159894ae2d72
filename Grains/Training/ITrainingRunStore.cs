namespace Hts.Training;

/// <summary>Durable history of training runs.</summary>
public interface ITrainingRunStore
{
    /// <summary>Inserts the row or replaces the one of that job name.</summary>
    Task Write(TrainingRunRow row, CancellationToken cancellation);

    /// <summary>Keeps the gate's decision of a run that has a row; the first one stands.</summary>
    Task WriteGate(GateRecord gate, CancellationToken cancellation);

    /// <summary>Null when there is no such run or the gate has not decided on it.</summary>
    Task<GateRecord?> FindGate(string jobName, CancellationToken cancellation);

    /// <summary>The gate's newest decisions, newest first.</summary>
    Task<IReadOnlyList<GateRecord>> ListGates(int limit, CancellationToken cancellation);

    /// <summary>Median of the seconds that the last ten runs with a model took at a place; null when there were none.</summary>
    Task<double?> UsualSeconds(string place, CancellationToken cancellation);

    /// <summary>Last started first; of one instant, the greater job name first.</summary>
    Task<IReadOnlyList<TrainingRunRow>> List(int limit, CancellationToken cancellation);

    /// <summary>Those that follow a place in the order of <see cref="List"/>.</summary>
    Task<IReadOnlyList<TrainingRunRow>> ListAfter(long startedAt, string jobName, int limit, CancellationToken cancellation);

    /// <summary>The gate's decisions on the runs that follow a place in the order of <see cref="List"/>.</summary>
    Task<IReadOnlyList<GateRecord>> ListGatesAfter(long startedAt, string jobName, int limit, CancellationToken cancellation);
}
