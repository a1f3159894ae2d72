using Hts.Events;
using Hts.Models;
using Hts.Objects;
using Hts.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Hts.Training;

/// <summary>
/// A persisted state machine: idle, preparing, training, evaluating, then promoted, rejected or failed. Each step may be repeated
/// after a crash with the same job name; steps run on an interleaving timer so that the grain answers meanwhile. A run that failed is
/// tried again under a new job name; an hour that comes while a run is under way is begun when that has ended. While anything is to
/// be done, a reminder brings the grain back that was lost with its silo.
/// </summary>
internal sealed partial class TrainingGrain(
    [PersistentState("training", TrainingGrain.Storage)] IPersistentState<TrainingRunProgress> progress,
    IDataSetPreparer dataSets,
    PlaceWalk places,
    IModelStore models,
    GateKeeper gate,
    TrainingCalendar calendar,
    TrainingJournal journal,
    RunSweeper sweeper,
    EventLog events,
    MarketClock clock,
    IOptions<TrainingScheduleOptions> options,
    ILogger<TrainingGrain> logger) : Grain, ITrainingGrain, IRemindable
{
    /// <summary>Name of the grain storage that all grains use.</summary>
    public const string Storage = "hts";

    private const int AttemptsPerStep = 5;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    private readonly TrainingScheduleOptions options = options.Value;
    private int failedAttempts;

    private TrainingRunProgress Now => progress.State;

    public async Task<TrainingStateMessage> Run(string reason)
    {
        if (!Now.UnderWay)
            await Begin(Math.Max(clock.NowMs / 1000 * 1000, Now.RunTs + 1000), reason);
        return Describe();
    }

    public Task<TrainingStateMessage> State() => Task.FromResult(Describe());

    private async Task BeginHour(long hour)
    {
        if (hour <= Now.RunTs)
            return;
        if (Now.UnderWay)
        {
            await journal.Waits(hour, Now);
            Schedule(StepPause);
            return;
        }
        await journal.LeftOut([.. calendar.LeftOut(Now.RunTs, hour)], Now, CancellationToken.None);
        if (hour > Now.RunTs)
            await Begin(hour, "hourly");
    }

    private TrainingStateMessage Describe() =>
        new(Now.State, Now.JobName, Now.RunTs, Now.Reason, options.Enabled ? calendar.NextHour : 0, Now.RetryAt);

    private async Task Begin(long runTs, string reason, int attempt = 1)
    {
        var before = progress.State;
        progress.State = new TrainingRunProgress
        {
            State = "preparing",
            JobName = TrainingJournal.JobName(runTs, attempt),
            RunTs = runTs,
            Attempt = attempt,
            StartedAt = clock.NowMs,
            Reason = reason,
        };
        Schedule(Timeout.InfiniteTimeSpan);
        try
        {
            await KeepAwake();
            await Save();
        }
        catch
        {
            // Not begun: nothing would carry it on.
            progress.State = before;
            TakeUp();
            throw;
        }
        failedAttempts = 0;
        TakeUp();
        await journal.Begins(Now);
    }

    // Interleaves with Run and State: a run may be begun while the last one is wound up.
    private async Task Step(CancellationToken cancellation)
    {
        try
        {
            if (Now.UnderWay)
                await CarryOn(cancellation);
            else if (Now.RetryAt <= clock.NowMs)
                await Begin(Now.RunTs, $"attempt {Now.Attempt + 1}, after: {Now.Reason}", Now.Attempt + 1);
            failedAttempts = 0;
            if (Now.UnderWay)
                TakeUp();
            else
                await AfterRun(cancellation);
        }
        catch (InconsistentStateException e)
        {
            // Another activation carries the run on.
            LogStepFailed(logger, e, Now.State, Now.JobName, failedAttempts);
            DeactivateOnIdle();
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            await Retry(e);
        }
    }

    private Task CarryOn(CancellationToken cancellation) => Now.State switch
    {
        "preparing" => Prepare(cancellation),
        "training" => Train(cancellation),
        _ => Evaluate(cancellation),
    };

    private async Task AfterRun(CancellationToken cancellation)
    {
        await sweeper.Sweep(cancellation);
        if (options.Enabled)
            await BeginHour(calendar.Hour);
        if (!Now.UnderWay)
            TakeUp();
    }

    private async Task Retry(Exception cause)
    {
        if (!MayWait(cause))
            failedAttempts++;
        LogStepFailed(logger, cause, Now.State, Now.JobName, failedAttempts);
        // Before the end is stored, so that a step comes again when even that fails.
        Schedule(RetryPause * Math.Clamp(failedAttempts, 1, AttemptsPerStep));
        if (failedAttempts < AttemptsPerStep || !Now.UnderWay)
            return;
        await places.Leave(Now.Visits, Job, CancellationToken.None);
        await Finish("failed", $"{Now.State}: {cause.Message}");
    }

    // What a completed job left is paid for, and waits as long as the store that holds it is away. One that refuses us may do so for good:
    // for that, no later training is kept waiting.
    private bool MayWait(Exception cause) => Now.State == "evaluating" && cause is ObjectStoreException store && store.Fault switch
    {
        ObjectFault.Unreachable => true,
        ObjectFault.Denied => calendar.Hour <= Now.RunTs,
        _ => false,
    };

    private async Task Prepare(CancellationToken cancellation)
    {
        var info = await dataSets.Prepare(Now.JobName, Now.RunTs, cancellation);
        if (info.Leak is { } leak)
        {
            await events.Error("leak", null, $"{Now.JobName}: {leak}.");
            await Finish("rejected", leak);
            return;
        }
        if (info.Rows < options.MinimumRows)
        {
            await Finish("rejected", $"not enough data to judge: {info.Rows} labelled rows of at least {options.MinimumRows}");
            return;
        }
        if (info.BackfilledTextRows > 0)
            await events.Info("training", null, $"{Now.JobName}: {info.BackfilledTextRows} of {info.Rows} rows hold a text that came in after their instant.");
        // The one that a promotion would replace; a registry of an older build tells of the one in force alone.
        var registry = await GrainFactory.GetGrain<IModelRegistryGrain>(0).State();
        var champion = registry.Newest ?? registry.Epoch;
        Now.TrainUri = info.Uri;
        Now.Rows = info.Rows;
        Now.ChampionVersion = champion?.Version;
        Now.ChampionUri = champion?.Uri;
        Now.ChampionSha256 = champion?.Sha256;
        Now.State = "training";
        await Save();
    }

    private async Task Train(CancellationToken cancellation)
    {
        var step = await places.Step(Now.Visits, Job, cancellation);
        if (step.State == Now.State && step.Visits.SequenceEqual(Now.Visits))
            return;
        var before = Now.Visits;
        Now.Visits = step.Visits;
        try
        {
            if (step.State == "failed")
            {
                await Finish("failed", step.Reason);
                return;
            }
            Now.State = step.State;
            await Save();
        }
        catch
        {
            // What is not stored has not happened: the step comes again at the same place.
            (Now.Visits, Now.State) = (before, "training");
            throw;
        }
        if (step.Warning is { } warning)
            await events.Warning("training", null, $"{Now.JobName} {warning}");
    }

    private TrainingJob Job(TrainingVisit at) =>
        new(Now.JobName, Now.RunTs, Now.TrainUri, Now.ChampionVersion, Now.ChampionUri, Now.ChampionSha256, options.Seed, at.Place);

    private async Task Evaluate(CancellationToken cancellation)
    {
        if (await places.Completed(Job(Now.Visit!), cancellation) is not { } outcome)
        {
            await TrainAgain();
            return;
        }
        if (outcome.Result is not { } result)
            return;
        var decision = await gate.Decide(Now.JobName, result, cancellation);
        // A row that is there already may have gone on to serve before this step was repeated.
        if (await models.Find(result.Version, cancellation) is null)
            await models.Write(Now.Model(result, decision, clock.NowMs), cancellation);
        if (!decision.Promote)
        {
            await Finish("rejected", decision.Reason, result.Version);
            return;
        }
        var promotion = new PromotionMessage(result.Version, decision.Reason, Movers.Training, Now.ChampionVersion ?? PromotionMessage.NoModel);
        var reply = await GrainFactory.GetGrain<IModelRegistryGrain>(0).Promote(promotion);
        if (reply.Refusal is { } refusal)
            await Finish("rejected", refusal, result.Version);
        else
            await Finish("promoted", decision.Reason, result.Version);
    }

    /// <summary>The result went with the silo that had it: the same job, begun again, gives the same model.</summary>
    private async Task TrainAgain()
    {
        Now.State = "training";
        await Save();
        await events.Warning("training", null, $"{Now.JobName} is trained again: {Now.Visit!.Place} does not know of it any more");
    }

    private async Task Finish(string state, string reason, string? version = null)
    {
        var retryAt = state == "failed" ? calendar.RetryAt(Now.Attempt) : null;
        await journal.KeepEnd(Now, state, reason, version);
        var (stepState, stepReason) = (Now.State, Now.Reason);
        (Now.State, Now.Reason, Now.RetryAt) = (state, reason, retryAt);
        try
        {
            await progress.WriteStateAsync();
        }
        catch
        {
            // Not ended until that is stored: the step comes again.
            (Now.State, Now.Reason, Now.RetryAt) = (stepState, stepReason, null);
            throw;
        }
        await journal.Ends(Now);
    }

    // History first: a crash between the two repeats the step, never loses it.
    private async Task Save()
    {
        await journal.Keep(Now, CancellationToken.None);
        await progress.WriteStateAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Step {Step} of {Job} failed (attempt {Attempt})")]
    private static partial void LogStepFailed(ILogger logger, Exception cause, string step, string job, int attempt);
}
