namespace Hts.Training;

/// <summary>Where trainings run.</summary>
public interface ITrainingBackend
{
    /// <summary>"local" or "sagemaker".</summary>
    string Name { get; }

    /// <summary>Where a training may run, in the order to try: "ml.g4dn.xlarge", "local" and so on; at least one, each once.</summary>
    IReadOnlyList<string> Places { get; }

    /// <summary>Starts a job at its place unless one of that name exists there; answers its state, or that the place refused it.</summary>
    /// <exception cref="Exception">Whether it started is not known: asking again is safe.</exception>
    Task<TrainingOutcome> Start(TrainingJob job, CancellationToken cancellation);

    /// <summary>Null when no job of that name exists at the place.</summary>
    Task<TrainingOutcome?> Describe(TrainingJob job, CancellationToken cancellation);

    /// <summary>Ends a running job; harmless when there is none.</summary>
    Task Stop(TrainingJob job, CancellationToken cancellation);
}
