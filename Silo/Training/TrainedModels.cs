using Hts.Artefacts;
using Hts.Objects;

namespace Hts.Training;

/// <summary>Puts trained models into object storage, never over another one: a model that an earlier attempt of the run left may serve.</summary>
internal sealed class TrainedModels(IObjectStore objects, ObjectLayout layout)
{
    private static readonly ArtefactLimits Limits = new();

    /// <summary>Repeating it with the same bytes gives the same address.</summary>
    /// <param name="sha256">Of the artefact, in lower-case hex.</param>
    /// <returns>Address of the artefact: the run's place, or one below it named by the version when other bytes stand there.</returns>
    /// <exception cref="InvalidDataException">Other bytes stand at both places.</exception>
    public async Task<string> Put(TrainingJob job, ReadOnlyMemory<byte> artefact, string sha256, CancellationToken cancellation)
    {
        var run = TrainingResults.RunOf(job.TrainUri);
        foreach (var key in new[] { layout.Model(run), layout.Model(run, TrainingResults.VersionOf(job, sha256)) })
        {
            if (await TryPut(key, artefact, cancellation))
                return objects.UriOf(key).ToString();
        }
        throw new InvalidDataException($"Other models stand at both places for that of {job.Name}.");
    }

    private async Task<bool> TryPut(string key, ReadOnlyMemory<byte> artefact, CancellationToken cancellation)
    {
        try
        {
            await objects.Put(key, artefact, PutCondition.IfAbsent, cancellation);
            return true;
        }
        catch (ObjectConflictException)
        {
            return await Holds(key, artefact, cancellation);
        }
    }

    private async Task<bool> Holds(string key, ReadOnlyMemory<byte> artefact, CancellationToken cancellation)
    {
        try
        {
            return await objects.Get(key, Limits.MaxPackedBytes, cancellation) is { } found && found.Content.Span.SequenceEqual(artefact.Span);
        }
        catch (ObjectStoreException e) when (e.Fault == ObjectFault.TooLarge)
        {
            return false;
        }
    }
}
