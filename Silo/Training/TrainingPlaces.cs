namespace Hts.Training;

/// <summary>Several backends as one: the first one's places come first.</summary>
internal sealed class TrainingPlaces(params ITrainingBackend[] backends) : ITrainingBackend
{
    public string Name => backends[0].Name;

    public IReadOnlyList<string> Places { get; } = [.. backends.SelectMany(b => b.Places)];

    public Task<TrainingOutcome> Start(TrainingJob job, CancellationToken cancellation) => At(job.Place).Start(job, cancellation);

    public Task<TrainingOutcome?> Describe(TrainingJob job, CancellationToken cancellation) => At(job.Place).Describe(job, cancellation);

    public Task Stop(TrainingJob job, CancellationToken cancellation) => At(job.Place).Stop(job, cancellation);

    private ITrainingBackend At(string place) =>
        backends.FirstOrDefault(b => b.Places.Contains(place)) ?? throw new ArgumentException($"There is no place '{place}'.", nameof(place));
}
