namespace Hts.Training;

/// <summary>A place where trainings run.</summary>
public interface ITrainingBackend
{
    /// <summary>"local" or "sagemaker".</summary>
    string Name { get; }

    /// <summary>Starts a job unless one of that name exists.</summary>
    Task Start(TrainingJob job, CancellationToken cancellation);

    /// <summary>Null when no job of that name exists.</summary>
    Task<TrainingOutcome?> Describe(string jobName, CancellationToken cancellation);

    /// <summary>Ends a running job; harmless when there is none.</summary>
    Task Stop(string jobName, CancellationToken cancellation);
}
