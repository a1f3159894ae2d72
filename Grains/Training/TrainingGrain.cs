using System.Globalization;
using Hts.Events;
using Hts.Models;
using Hts.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Hts.Training;

/// <summary>
/// A persisted state machine: idle, preparing, training, evaluating, then promoted, rejected or failed. Each step may be repeated
/// after a crash with the same job name; steps run on an interleaving timer so that the grain answers meanwhile.
/// </summary>
internal sealed partial class TrainingGrain(
    [PersistentState("training", TrainingGrain.Storage)] IPersistentState<TrainingRunProgress> progress,
    IDataSetPreparer dataSets,
    ITrainingBackend backend,
    ITrainingRunStore runs,
    IModelStore models,
    EventLog events,
    MarketClock clock,
    IOptions<TrainingScheduleOptions> options,
    ILogger<TrainingGrain> logger) : Grain, ITrainingGrain, IRemindable
{
    /// <summary>Name of the grain storage that all grains use.</summary>
    public const string Storage = "hts";

    private const string Hourly = "hourly";
    private const int AttemptsPerStep = 5;
    private static readonly TimeSpan StepPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    private readonly TrainingScheduleOptions options = options.Value;
    private IGrainTimer? timer;
    private bool stepping;
    private int failedAttempts;

    private TrainingRunProgress Now => progress.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (Now.UnderWay)
            Schedule(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public async Task Start()
    {
        if (!options.Enabled)
            return;
        var period = TimeSpan.FromSeconds(options.IntervalSeconds);
        var due = TimeSpan.FromMilliseconds(NextRunAt() - clock.NowMs);
        await this.RegisterOrUpdateReminder(Hourly, due, period);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        // A reminder may come a little early or late: the nearest hour is the one it means.
        var interval = options.IntervalSeconds * 1000L;
        var hour = (clock.NowMs + (interval / 20)) / interval * interval;
        if (hour <= Now.RunTs)
            return;
        if (Now.UnderWay)
            await events.Warning("training", null, $"The training of {Iso(hour)} is left out: {Now.JobName} is still {Now.State}.");
        else
            await Begin(hour, "hourly");
    }

    public async Task<TrainingStateMessage> Run(string reason)
    {
        if (!Now.UnderWay)
            await Begin(clock.NowMs / 1000 * 1000, reason);
        return Describe();
    }

    public Task<TrainingStateMessage> State() => Task.FromResult(Describe());

    private TrainingStateMessage Describe() =>
        new(Now.State, Now.JobName, Now.RunTs, Now.Reason, options.Enabled ? NextRunAt() : 0);

    private long NextRunAt()
    {
        var interval = options.IntervalSeconds * 1000L;
        return ((clock.NowMs / interval) + 1) * interval;
    }

    private async Task Begin(long runTs, string reason)
    {
        var before = progress.State;
        progress.State = new TrainingRunProgress
        {
            State = "preparing",
            JobName = "hts-" + DateTimeOffset.FromUnixTimeMilliseconds(runTs).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture),
            RunTs = runTs,
            StartedAt = clock.NowMs,
            Reason = reason,
        };
        failedAttempts = 0;
        try
        {
            await Save();
        }
        catch
        {
            // Not begun: nothing would carry it on.
            progress.State = before;
            throw;
        }
        await events.Info("training", null, $"{Now.JobName} starts ({reason}).");
        Schedule(TimeSpan.Zero);
    }

    private void Schedule(TimeSpan real)
    {
        timer?.Dispose();
        timer = this.RegisterGrainTimer(
            Step, new GrainTimerCreationOptions(clock.FromReal(real), Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    // Interleaves with Run and State: both only look at the progress, and Run begins nothing while a run is under way.
    private async Task Step(CancellationToken cancellation)
    {
        if (stepping || !Now.UnderWay)
            return;
        stepping = true;
        try
        {
            await (Now.State switch
            {
                "preparing" => Prepare(cancellation),
                "training" => Train(cancellation),
                _ => Evaluate(cancellation),
            });
            failedAttempts = 0;
            if (Now.UnderWay)
                Schedule(StepPause);
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
        finally
        {
            stepping = false;
        }
    }

    private async Task Retry(Exception cause)
    {
        failedAttempts++;
        LogStepFailed(logger, cause, Now.State, Now.JobName, failedAttempts);
        // Before the end is stored, so that a step comes again when even that fails; there is none to do once it is.
        Schedule(RetryPause * Math.Min(failedAttempts, AttemptsPerStep));
        if (failedAttempts >= AttemptsPerStep)
            await Finish("failed", $"{Now.State}: {cause.Message}");
    }

    private async Task Prepare(CancellationToken cancellation)
    {
        var info = await dataSets.Prepare(Now.JobName, Now.RunTs, cancellation);
        if (info.Rows < options.MinimumRows)
        {
            await Finish("rejected", $"not enough data to judge: {info.Rows} labelled rows of at least {options.MinimumRows}");
            return;
        }
        var champion = await GrainFactory.GetGrain<IModelRegistryGrain>(0).Current();
        Now.TrainUri = info.Uri;
        Now.Rows = info.Rows;
        Now.ChampionVersion = champion?.Version;
        Now.ChampionUri = champion?.Uri;
        Now.State = "training";
        await Save();
    }

    private async Task Train(CancellationToken cancellation)
    {
        var outcome = await backend.Describe(Now.JobName, cancellation);
        if (outcome is null)
        {
            await backend.Start(new TrainingJob(Now.JobName, Now.TrainUri, Now.ChampionVersion, Now.ChampionUri, options.Seed), cancellation);
            return;
        }
        switch (outcome.State)
        {
            case "completed":
                Now.State = "evaluating";
                await Save();
                break;
            case "failed":
                await Finish("failed", outcome.Failure ?? "the training backend gave no reason");
                break;
        }
    }

    private async Task Evaluate(CancellationToken cancellation)
    {
        var result = (await backend.Describe(Now.JobName, cancellation))?.Result
            ?? throw new InvalidOperationException($"The result of {Now.JobName} is gone.");
        // A row that is there already may have gone on to serve before this step was repeated.
        if (await models.Find(result.Version, cancellation) is null)
            await models.Write(ToRow(result), cancellation);
        if (!result.Decision.Promote)
        {
            await Finish("rejected", result.Decision.Reason, result.Version);
            return;
        }
        var reply = await GrainFactory.GetGrain<IModelRegistryGrain>(0).Promote(new PromotionMessage(result.Version, result.Decision.Reason));
        if (reply.Refusal is { } refusal)
            await Finish("rejected", refusal, result.Version);
        else
            await Finish("promoted", result.Decision.Reason, result.Version);
    }

    private ModelRow ToRow(TrainingResult result) => new(
        result.Version, result.Kind, result.Decision.Promote ? "candidate" : "rejected", null, null, result.Uri, result.Sha256,
        Now.JobName, Now.TrainUri, clock.NowMs, result.Decision.Reason, result.MeanPct, result.MetricsJson,
        GateJson.Write(result.Decision));

    private async Task Finish(string state, string reason, string? version = null)
    {
        await runs.Write(ToRow(state, reason, version, clock.NowMs), CancellationToken.None);
        var (stepState, stepReason) = (Now.State, Now.Reason);
        (Now.State, Now.Reason) = (state, reason);
        try
        {
            await progress.WriteStateAsync();
        }
        catch
        {
            // Not ended until that is stored: the step comes again.
            (Now.State, Now.Reason) = (stepState, stepReason);
            throw;
        }
        var text = $"{Now.JobName} {state}: {reason}";
        await (state == "failed" ? events.Error("training", null, text) : events.Info("training", null, text));
    }

    // History first: a crash between the two repeats the step, never loses it.
    private async Task Save()
    {
        await runs.Write(ToRow(Now.State, Now.Reason, null, null), CancellationToken.None);
        await progress.WriteStateAsync();
    }

    private TrainingRunRow ToRow(string state, string reason, string? version, long? finishedAt) => new(
        Now.JobName, Now.RunTs, state, Now.StartedAt, finishedAt, Now.Rows == 0 ? null : Now.Rows, version, backend.Name, reason);

    private static string Iso(long ts) => Timestamps.Iso(ts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Step {Step} of {Job} failed (attempt {Attempt})")]
    private static partial void LogStepFailed(ILogger logger, Exception cause, string step, string job, int attempt);
}
