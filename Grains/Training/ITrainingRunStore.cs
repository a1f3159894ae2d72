namespace Hts.Training;

/// <summary>Durable history of training runs.</summary>
public interface ITrainingRunStore
{
    /// <summary>Inserts the row or replaces the one of that job name.</summary>
    Task Write(TrainingRunRow row, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<TrainingRunRow>> List(int limit, CancellationToken cancellation);
}
