using System.Collections.Concurrent;
using System.Text.Json;
using Hts.Hosting;
using Hts.Objects;
using Microsoft.Extensions.Options;

namespace Hts.Training;

/// <summary>
/// Trains in a child process of low priority on this machine. The child ends with us, however we end; what it had not finished then has no
/// outcome and is started again under the same name.
/// </summary>
internal sealed partial class LocalTrainingBackend(
    DataFolder data, IObjectStore objects, ObjectLayout layout, TrainingResults results, IOptions<TrainingScheduleOptions> options,
    IOptions<TrainingBackendOptions> limits, TimeProvider realTime, IHostApplicationLifetime lifetime,
    ILogger<LocalTrainingBackend> logger) : ITrainingBackend, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (CancellationTokenSource Stop, Task Work)> running = new();
    private readonly ConcurrentDictionary<string, TrainingOutcome> unwritten = new();
    private readonly TrainedModels models = new(objects, layout);
    private volatile bool disposed;

    /// <summary>The one place of this backend.</summary>
    public const string Place = "local";

    public string Name => Place;

    public IReadOnlyList<string> Places { get; } = [Place];

    private bool IsStopping => disposed || lifetime.ApplicationStopping.IsCancellationRequested;

    public Task<TrainingOutcome> Start(TrainingJob job, CancellationToken cancellation)
    {
        if (OutcomeOf(job) is { } ended)
            return Task.FromResult(ended);
        // Who comes after us starts it.
        if (IsStopping)
            return Task.FromResult(TrainingOutcome.Running);
        running.GetOrAdd(job.Name, _ =>
        {
            // Of the ones before, nobody asks any more: one training at a time.
            unwritten.Clear();
            var stop = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), realTime);
            return (stop, Task.Run(() => Run(job, stop.Token), CancellationToken.None));
        });
        return Task.FromResult(TrainingOutcome.Running);
    }

    public Task<TrainingOutcome?> Describe(TrainingJob job, CancellationToken cancellation)
    {
        // In this order: one that ends in between has written its outcome.
        var isRunning = running.ContainsKey(job.Name);
        return Task.FromResult(OutcomeOf(job) ?? (isRunning ? TrainingOutcome.Running : null));
    }

    public async Task Stop(TrainingJob job, CancellationToken cancellation)
    {
        if (!running.TryGetValue(job.Name, out var found))
            return;
        await found.Stop.CancelAsync();
        await found.Work;
    }

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        foreach (var job in running.Values)
            await job.Stop.CancelAsync();
        await Task.WhenAll(running.Values.Select(j => j.Work));
    }

    private TrainingOutcome? OutcomeOf(TrainingJob job) => JobOf(job.Name).ReadOutcome() ?? unwritten.GetValueOrDefault(job.Name);

    private LocalJob JobOf(string name) => new(Path.Combine(data.Jobs, name));

    private async Task Run(TrainingJob job, CancellationToken stop)
    {
        var began = realTime.GetTimestamp();
        try
        {
            var outcome = await End(job, stop);
            await Keep(job, outcome is null ? null : outcome with { Cost = new TrainingCost(realTime.GetElapsedTime(began).TotalSeconds, null) });
        }
        finally
        {
            // However it ended: what counts as running is never looked at again.
            running.TryRemove(job.Name, out _);
        }
    }

    /// <returns>How it ended; null when it was ended from outside and says nothing about itself.</returns>
    private async Task<TrainingOutcome?> End(TrainingJob job, CancellationToken stop)
    {
        try
        {
            return await Train(job, JobOf(job.Name), stop);
        }
        catch (OperationCanceledException)
        {
            return TrainingOutcome.Failed($"stopped, or longer than {options.Value.TimeoutSeconds} s");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogBroken(logger, e, job.Name);
            return TrainingOutcome.Failed(e.Message);
        }
    }

    private async Task Keep(TrainingJob job, TrainingOutcome? outcome)
    {
        // While we stop, what looks like a failure may be the stop alone: the child can have been told before us.
        if (outcome is null || (outcome.State != "completed" && IsStopping))
        {
            LogLeft(logger, job.Name);
            return;
        }
        LogEnded(logger, job.Name, outcome.Failure is { } why ? $"{outcome.State}: {why}" : outcome.State);
        try
        {
            await JobOf(job.Name).WriteOutcome(outcome);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As long as we live it stands here; who comes after us trains again under the same name.
            unwritten[job.Name] = outcome;
            LogNotWritten(logger, e, job.Name);
        }
    }

    /// <returns>Null when the training was ended from outside and says nothing about itself.</returns>
    private async Task<TrainingOutcome?> Train(TrainingJob job, LocalJob folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder.Output);
        await Download(job.TrainUri, folder.DataSet, stop);
        if (job.ChampionUri is { } champion)
            await Download(champion, folder.Champion, stop);
        var failure = await TrainingChild.Run(
            folder, job, options.Value.Members, options.Value.Gate.MinPastDays, limits.Value.MemoryMegabytes, stop);
        if (failure is not null)
            return failure == TrainingChild.Interrupted ? null : TrainingOutcome.Failed(failure);
        var report = await ReadReport(folder, stop);
        var artefact = await File.ReadAllBytesAsync(Path.Combine(folder.Output, Artefacts.ModelArtefact.FileName), stop);
        return TrainingOutcome.Completed(results.Of(job, report, await models.Put(job, artefact, report.ArtefactSha256, stop), report.ArtefactSha256));
    }

    private static async Task<TrainingReport> ReadReport(LocalJob folder, CancellationToken stop)
    {
        await using var file = File.OpenRead(Path.Combine(folder.Output, TrainingReport.FileName));
        return await JsonSerializer.DeserializeAsync(file, TrainingJson.Default.TrainingReport, stop)
            ?? throw new InvalidDataException("The training's report is empty.");
    }

    private async Task Download(string uri, string path, CancellationToken stop)
    {
        if (!objects.TryKeyOf(new Uri(uri), out var key) || await objects.Open(key, stop) is not { } content)
            throw new InvalidDataException($"There is nothing at {uri}.");
        await using (content)
        await using (var file = File.Create(path))
            await content.CopyToAsync(file, stop);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} {Outcome}")]
    private static partial void LogEnded(ILogger logger, string job, string outcome);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} broke off")]
    private static partial void LogBroken(ILogger logger, Exception cause, string job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How {Job} ended could not be written down")]
    private static partial void LogNotWritten(ILogger logger, Exception cause, string job);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} was interrupted; it is begun again under its name")]
    private static partial void LogLeft(ILogger logger, string job);
}
