using Microsoft.Extensions.Logging;

namespace Hts.Training;

/// <summary>Takes a run from place to place, in the backend's order, until one of them trains it.</summary>
internal sealed partial class PlaceWalk(ITrainingBackend backend, ITrainingRunStore runs, ILogger<PlaceWalk> logger)
{
    public string Backend => backend.Name;

    /// <summary>Submits the job at the run's last place unless that has it, or finds its first or next place. Repeating a step is safe.</summary>
    public async Task<PlaceStep> Step(TrainingVisit[] visits, Func<TrainingVisit, TrainingJob> job, CancellationToken cancellation)
    {
        if (visits.Length == 0)
            return new PlaceStep([(await Next(visits, cancellation))!], "training");
        var outcome = await Look(job(visits[^1]), visits[^1], cancellation);
        visits = [.. visits[..^1], visits[^1].After(outcome)];
        return outcome.State switch
        {
            "completed" => new PlaceStep(visits, "evaluating"),
            "failed" => new PlaceStep(visits, "failed", outcome.Failure ?? "the training backend gave no reason"),
            "refused" => await MoveOn(visits, cancellation),
            _ => new PlaceStep(visits, "training"),
        };
    }

    /// <summary>A job that had completed, with what it left; running while its place cannot tell; null when the place does not know it any more.</summary>
    /// <exception cref="InvalidOperationException">The job has no result any more.</exception>
    /// <exception cref="Objects.ObjectStoreException">The store that holds the result does not answer.</exception>
    public async Task<TrainingOutcome?> Completed(TrainingJob job, CancellationToken cancellation)
    {
        var outcome = await backend.Describe(job, cancellation);
        return outcome is null or { State: "running" } or { Result: not null }
            ? outcome
            : throw new InvalidOperationException(outcome.Failure ?? $"{job.Name} completed without a result.");
    }

    /// <summary>Stops the job that the run may still have: nobody waits for it any more, and it may be billed.</summary>
    public async Task Leave(TrainingVisit[] visits, Func<TrainingVisit, TrainingJob> job, CancellationToken cancellation)
    {
        if (visits.Length == 0 || !backend.Places.Contains(visits[^1].Place))
            return;
        try
        {
            await backend.Stop(job(visits[^1]), cancellation);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The place does not answer: its own time limit ends the job.
            LogNotStopped(logger, e, visits[^1].Place);
        }
    }

    private async Task<TrainingOutcome> Look(TrainingJob job, TrainingVisit visit, CancellationToken cancellation)
    {
        if (!backend.Places.Contains(visit.Place))
            return TrainingOutcome.Refused("it is no longer configured");
        var known = visit.Submitted ? await backend.Describe(job, cancellation) : null;
        return known ?? await backend.Start(job, cancellation);
    }

    private async Task<PlaceStep> MoveOn(TrainingVisit[] visits, CancellationToken cancellation)
    {
        if (await Next(visits, cancellation) is { } next)
            return new PlaceStep([.. visits, next], "training", "", $"goes on to {next.Place}: {visits[^1].Place} refused it: {visits[^1].Refusal}");
        return new PlaceStep(visits, "failed", string.Join("; ", visits.Select(v => $"{v.Place}: {v.Refusal}")));
    }

    // Not by number: the list may have been configured anew since the last visit.
    private async Task<TrainingVisit?> Next(TrainingVisit[] visits, CancellationToken cancellation)
    {
        var place = backend.Places.FirstOrDefault(p => !Array.Exists(visits, v => v.Place == p));
        return place is null ? null : new TrainingVisit(place, false, null, await runs.UsualSeconds(place, cancellation), null, null);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The training at {Place} could not be stopped")]
    private static partial void LogNotStopped(ILogger logger, Exception cause, string place);
}
