using System.Collections.Concurrent;
using System.Text.Json;
using Hts.Gates;
using Hts.Hosting;
using Hts.Models;
using Hts.Objects;
using Microsoft.Extensions.Options;

namespace Hts.Training;

/// <summary>
/// Trains in a child process of low priority on this machine. The child ends with us; what it had not finished is started again under
/// the same name.
/// </summary>
internal sealed partial class LocalTrainingBackend(
    DataFolder data, IObjectStore objects, ObjectLayout layout, IOptions<TrainingScheduleOptions> options, TimeProvider realTime,
    ILogger<LocalTrainingBackend> logger) : ITrainingBackend, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (CancellationTokenSource Stop, Task Work)> running = new();

    public string Name => "local";

    public Task Start(TrainingJob job, CancellationToken cancellation)
    {
        running.GetOrAdd(job.Name, _ =>
        {
            var stop = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), realTime);
            return (stop, Task.Run(() => Run(job, stop.Token), CancellationToken.None));
        });
        return Task.CompletedTask;
    }

    public Task<TrainingOutcome?> Describe(string jobName, CancellationToken cancellation)
    {
        var outcome = JobOf(jobName).ReadOutcome();
        if (outcome is null && running.ContainsKey(jobName))
            outcome = TrainingOutcome.Running;
        return Task.FromResult(outcome);
    }

    public async Task Stop(string jobName, CancellationToken cancellation)
    {
        if (!running.TryGetValue(jobName, out var job))
            return;
        await job.Stop.CancelAsync();
        await job.Work;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var job in running.Values)
            await job.Stop.CancelAsync();
        await Task.WhenAll(running.Values.Select(j => j.Work));
    }

    private LocalJob JobOf(string name) => new(Path.Combine(data.Jobs, name));

    private async Task Run(TrainingJob job, CancellationToken stop)
    {
        var folder = JobOf(job.Name);
        TrainingOutcome outcome;
        try
        {
            outcome = await Train(job, folder, stop);
        }
        catch (OperationCanceledException)
        {
            outcome = TrainingOutcome.Failed($"stopped, or longer than {options.Value.TimeoutSeconds} s");
        }
        catch (Exception e) when (e is IOException or ObjectStoreException or InvalidDataException or UnauthorizedAccessException)
        {
            outcome = TrainingOutcome.Failed(e.Message);
        }
        LogEnded(logger, job.Name, outcome.State, outcome.Failure);
        await folder.WriteOutcome(outcome);
        running.TryRemove(job.Name, out _);
    }

    private async Task<TrainingOutcome> Train(TrainingJob job, LocalJob folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder.Output);
        await Download(job.TrainUri, folder.DataSet, stop);
        if (job.ChampionUri is { } champion)
            await Download(champion, folder.Champion, stop);
        var failure = await TrainingChild.Run(folder, job.ChampionUri is not null, job.Seed, options.Value.Members, stop);
        if (failure is not null)
            return TrainingOutcome.Failed(failure);
        var report = await ReadReport(folder, stop);
        var version = job.Name["hts-".Length..] + "-" + report.ArtefactSha256[..8];
        var key = layout.Model(RunOf(job.TrainUri));
        await using var artefact = File.OpenRead(Path.Combine(folder.Output, Artefacts.ModelArtefact.FileName));
        await objects.Put(key, artefact, PutCondition.None, stop);
        return TrainingOutcome.Completed(ResultOf(job, report, version, objects.UriOf(key).ToString()));
    }

    private static TrainingResult ResultOf(TrainingJob job, TrainingReport report, string version, string uri)
    {
        // A champion that was made for other features or strategies cannot serve any more and so cannot hold its place.
        var champion = report.ChampionProblem is null ? job.ChampionVersion : null;
        var decision = new PromotionGate().Decide(
            new GateInput(version, champion, report.Chosen == MemberKinds.Cond, report.GateSlots));
        return new TrainingResult(
            version, report.Chosen, uri, report.ArtefactSha256, Array.ConvertAll(report.MeanNet, m => m * 100),
            JsonSerializer.Serialize(ModelMetrics.Of(report), MetricsJson.Default.ModelMetrics), decision);
    }

    private static async Task<TrainingReport> ReadReport(LocalJob folder, CancellationToken stop)
    {
        await using var file = File.OpenRead(Path.Combine(folder.Output, TrainingReport.FileName));
        return await JsonSerializer.DeserializeAsync(file, TrainingJson.Default.TrainingReport, stop)
            ?? throw new InvalidDataException("The training's report is empty.");
    }

    // The run's instant stands in the address of its data set.
    private static string RunOf(string trainUri)
    {
        const string Mark = "run_ts=";
        var start = trainUri.LastIndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return Uri.UnescapeDataString(trainUri[start..trainUri.IndexOf('/', start)]);
    }

    private async Task Download(string uri, string path, CancellationToken stop)
    {
        if (!objects.TryKeyOf(new Uri(uri), out var key) || await objects.Open(key, stop) is not { } content)
            throw new InvalidDataException($"There is nothing at {uri}.");
        await using (content)
        await using (var file = File.Create(path))
            await content.CopyToAsync(file, stop);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} {State} {Failure}")]
    private static partial void LogEnded(ILogger logger, string job, string state, string? failure);
}
