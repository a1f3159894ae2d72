using System.Collections.Concurrent;
using Hts.Training;

namespace Hts.Tests.Cluster;

/// <summary>Data sets and trainings that take no time and end as a test says; they remember what was asked for.</summary>
internal sealed class ScriptedTraining : IDataSetPreparer, ITrainingBackend
{
    private readonly ConcurrentDictionary<(string Job, string Place), TrainingOutcome> jobs = new();

    public string Name => "scripted";

    public IReadOnlyList<string> Places { get; set; } = ["here"];

    public Fault Prepares { get; } = new();

    public Fault Starts { get; } = new();

    public Fault Describes { get; } = new();

    public long Rows { get; set; } = 1_000;

    public string? Leak { get; set; }

    public ConcurrentQueue<(string Job, long RunTs)> Prepared { get; } = new();

    public ConcurrentQueue<TrainingJob> Started { get; } = new();

    public ConcurrentQueue<TrainingJob> Stopped { get; } = new();

    /// <summary>What becomes of a job that is started.</summary>
    public Func<TrainingJob, TrainingOutcome> Ends { get; set; } = _ => TrainingOutcome.Running;

    public void End(string job, TrainingOutcome outcome) => jobs[(job, Places[0])] = outcome;

    /// <summary>The job is known at no place any more, as after the loss of the machine that had it.</summary>
    public void Forget(string job)
    {
        foreach (var known in jobs.Keys.Where(k => k.Job == job))
            jobs.TryRemove(known, out _);
    }

    public Task<DataSetInfo> Prepare(string jobName, long runTs, CancellationToken cancellation) => Prepares.Around(() =>
    {
        Prepared.Enqueue((jobName, runTs));
        return Task.FromResult(new DataSetInfo($"file:///train/{jobName}", Rows, new Dictionary<string, long>(), Leak));
    });

    public Task<TrainingOutcome> Start(TrainingJob job, CancellationToken cancellation) => Starts.Around(() =>
    {
        if (jobs.TryGetValue((job.Name, job.Place), out var known))
            return Task.FromResult(known);
        Started.Enqueue(job);
        return Task.FromResult(jobs[(job.Name, job.Place)] = Ends(job));
    });

    public Task<TrainingOutcome?> Describe(TrainingJob job, CancellationToken cancellation) =>
        Describes.Around(() => Task.FromResult(jobs.GetValueOrDefault((job.Name, job.Place))));

    public Task Stop(TrainingJob job, CancellationToken cancellation)
    {
        Stopped.Enqueue(job);
        return Task.CompletedTask;
    }
}
