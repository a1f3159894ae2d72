using Hts.Objects;
using Hts.Training;
using Microsoft.Extensions.Options;

namespace Hts.SageMaker;

/// <summary>
/// Trains on SageMaker, in the container of this program, on one of several kinds of machines. Jobs are found by their names alone, so
/// any silo can go on where another one stopped.
/// </summary>
/// <param name="client">Disposed with the backend.</param>
/// <param name="settings">Settings of models as environment.</param>
internal sealed partial class SageMakerTrainingBackend(
    AmazonSageMakerClient client, IReadOnlyDictionary<string, string> settings, IOptions<SageMakerOptions> sageMaker,
    IOptions<TrainingScheduleOptions> schedule, IObjectStore objects, ObjectLayout layout, TrainingResults results, TimeProvider realTime,
    ILogger<SageMakerTrainingBackend> logger) : ITrainingBackend, IDisposable
{
    /// <summary>How long a job may take to end once it was told to; SageMaker itself gives two minutes.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(5);

    private readonly SageMakerOptions options = sageMaker.Value;
    private readonly SageMakerJobs jobs =
        new(sageMaker.Value, schedule.Value.TimeoutSeconds, schedule.Value.Members, schedule.Value.Gate.MinPastDays, settings, objects, layout);
    private readonly SageMakerOutput output = new(objects, new TrainedModels(objects, layout), results);
    private readonly PollPauses pauses = new(TimeSpan.FromSeconds(sageMaker.Value.PollSeconds), realTime);

    public string Name => TrainingBackendOptions.SageMaker;

    public IReadOnlyList<string> Places => options.Instances;

    public async Task<TrainingOutcome> Start(TrainingJob job, CancellationToken cancellation)
    {
        if (job.ChampionUri is { } champion && !objects.TryKeyOf(new Uri(champion), out _))
            return TrainingOutcome.Refused($"the serving model stands at {champion}, where SageMaker cannot read it");
        try
        {
            await client.CreateTrainingJobAsync(jobs.Write(job), cancellation);
            LogStarted(logger, SageMakerJobs.NameOf(job), job.Place);
            return TrainingOutcome.Running;
        }
        catch (SageMakerUnreachableException e) when (!e.MayHaveWorked)
        {
            return TrainingOutcome.Refused(e.Message);
        }
        catch (AmazonSageMakerException e) when (!e.MayHaveWorked)
        {
            return await Refusal(job, e, cancellation);
        }
    }

    public async Task<TrainingOutcome?> Describe(TrainingJob job, CancellationToken cancellation)
    {
        var name = SageMakerJobs.NameOf(job);
        if (!pauses.IsOver(name))
            return TrainingOutcome.Running;
        try
        {
            var outcome = await Find(name, cancellation) is { } found ? await OutcomeOf(job, found, cancellation) : null;
            if (outcome == TrainingOutcome.Running)
                pauses.Begin(name);
            else
                pauses.Forget(name);
            return outcome;
        }
        catch (AccessDeniedException e) when (!e.HasNoCredentials)
        {
            return await Forsake(job, e, cancellation);
        }
        catch (Exception e) when (IsSilence(e) && pauses.MayBeSilent(name, TimeSpan.FromSeconds(jobs.MaxWait)))
        {
            // The job goes on, or has ended, where it is: to begin another one now would be dearer than to wait.
            LogSilent(logger, e, name);
            return TrainingOutcome.Running;
        }
    }

    public async Task Stop(TrainingJob job, CancellationToken cancellation)
    {
        try
        {
            await client.StopTrainingJobAsync(new() { TrainingJobName = SageMakerJobs.NameOf(job) }, cancellation);
        }
        catch (Exception e) when (e is ResourceNotFoundException or ValidationException)
        {
            // There is none, or it has ended.
            LogNotStopped(logger, SageMakerJobs.NameOf(job), e.Message);
        }
    }

    public void Dispose() => client.Dispose();

    // Credentials may come back, and the job needs none of ours.
    private static bool IsSilence(Exception e) =>
        e is AmazonSageMakerException { IsPassing: true } or AmazonSageMakerException { IsExpired: true }
            or AccessDeniedException { HasNoCredentials: true } or ObjectStoreException { Fault: ObjectFault.Unreachable or ObjectFault.Denied };

    /// <summary>A job of that name may be there all the same: ours, of a start whose answer was lost.</summary>
    private async Task<TrainingOutcome> Refusal(TrainingJob job, AmazonSageMakerException cause, CancellationToken cancellation)
    {
        try
        {
            var found = await Find(SageMakerJobs.NameOf(job), cancellation);
            var data = found?.InputDataConfig?.Find(c => c.ChannelName == SageMakerJobs.TrainChannel)?.DataSource.S3DataSource.S3Uri;
            if (data == SageMakerJobs.TrainFolder(job))
                return TrainingOutcome.Running;
            return TrainingOutcome.Refused(cause is ResourceInUseException ? $"{cause.Message} (its data set: {data ?? "unknown"})" : cause.Message);
        }
        catch (AmazonSageMakerException e) when (cause is not ResourceInUseException || e is AccessDeniedException { HasNoCredentials: false })
        {
            return TrainingOutcome.Refused(cause.Message);
        }
    }

    /// <summary>Another place has to do it, since nobody may see how this one ends; so that it is not paid for in vain, it is stopped.</summary>
    private async Task<TrainingOutcome> Forsake(TrainingJob job, AccessDeniedException cause, CancellationToken cancellation)
    {
        pauses.Forget(SageMakerJobs.NameOf(job));
        try
        {
            await Stop(job, cancellation);
        }
        catch (AmazonSageMakerException e)
        {
            LogForsaken(logger, e, SageMakerJobs.NameOf(job), jobs.MaxRuntime);
        }
        return TrainingOutcome.Refused(cause.Message);
    }

    private async Task<DescribeTrainingJobResponse?> Find(string name, CancellationToken cancellation)
    {
        try
        {
            return await client.DescribeTrainingJobAsync(new() { TrainingJobName = name }, cancellation);
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task<TrainingOutcome> OutcomeOf(TrainingJob job, DescribeTrainingJobResponse found, CancellationToken cancellation)
    {
        var cost = CostOf(job, found);
        switch (found.TrainingJobStatus)
        {
            case "Completed":
                return await output.Read(job, found, cost, cancellation);
            case "Failed":
                return FailureOf(found, cost);
            case "Stopped":
                return Stopped(found, cost);
            default:
                return await Watch(job, found, cost, cancellation);
        }
    }

    private static TrainingOutcome FailureOf(DescribeTrainingJobResponse found, TrainingCost? cost)
    {
        var why = found.FailureReason is { Length: > 0 } told ? told.ReplaceLineEndings(" ") : "failed without a reason";
        // The training's own fault follows it everywhere; capacity, permissions and the service's own troubles stay at the place.
        return why.StartsWith("AlgorithmError", StringComparison.Ordinal) ? TrainingOutcome.Failed(why, cost) : TrainingOutcome.Refused(why, cost);
    }

    private TrainingOutcome Stopped(DescribeTrainingJobResponse found, TrainingCost? cost) => found.SecondaryStatus switch
    {
        "MaxRuntimeExceeded" => TrainingOutcome.Failed($"longer than {jobs.MaxRuntime} s", cost),
        "MaxWaitTimeExceeded" => TrainingOutcome.Refused($"no spot capacity for long enough within {jobs.MaxWait} s", cost),
        _ when found.TrainingStartTime is null => TrainingOutcome.Refused($"stopped before it began, {jobs.MaxWait} s at most were allowed", cost),
        _ => TrainingOutcome.Failed($"stopped, or longer than {jobs.MaxWait} s", cost),
    };

    // SageMaker ends a training that is too long, but nothing there ends one that never begins or that hangs on its way.
    private async Task<TrainingOutcome> Watch(
        TrainingJob job, DescribeTrainingJobResponse found, TrainingCost? cost, CancellationToken cancellation)
    {
        if (jobs.CountsFrom(found) is not { } from)
            return TrainingOutcome.Running;
        var over = realTime.GetUtcNow() - from - TimeSpan.FromSeconds(jobs.MaxWait);
        if (over < TimeSpan.Zero)
            return TrainingOutcome.Running;
        if (found.TrainingJobStatus != "Stopping")
            await Stop(job, cancellation);
        if (over < StopPatience)
            return TrainingOutcome.Running;
        var why = $"{found.TrainingJobStatus} ({found.SecondaryStatus}) for longer than {jobs.MaxWait} s, and does not stop";
        return found.TrainingStartTime is null ? TrainingOutcome.Refused(why, cost) : TrainingOutcome.Failed(why, cost);
    }

    private TrainingCost? CostOf(TrainingJob job, DescribeTrainingJobResponse found)
    {
        if (found.BillableTimeInSeconds is not { } seconds)
            return null;
        return new TrainingCost(seconds, options.PricePerHour.TryGetValue(job.Place, out var price) ? price * seconds / 3600 : null);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} was given to SageMaker, {Place}")]
    private static partial void LogStarted(ILogger logger, string job, string place);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing was heard of {Job}")]
    private static partial void LogSilent(ILogger logger, Exception cause, string job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} may neither be watched nor stopped: SageMaker ends it after {Seconds} s of training")]
    private static partial void LogForsaken(ILogger logger, Exception cause, string job, int seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} cannot be stopped: {Why}")]
    private static partial void LogNotStopped(ILogger logger, string job, string why);
}
