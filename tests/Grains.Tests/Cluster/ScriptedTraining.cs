using System.Collections.Concurrent;
using Hts.Training;

namespace Hts.Tests.Cluster;

/// <summary>Data sets and trainings that take no time and end as a test says; they remember what was asked for.</summary>
internal sealed class ScriptedTraining : IDataSetPreparer, ITrainingBackend
{
    private readonly ConcurrentDictionary<string, TrainingOutcome> jobs = new();

    public string Name => "scripted";

    public Fault Prepares { get; } = new();

    public Fault Starts { get; } = new();

    public long Rows { get; set; } = 1_000;

    public ConcurrentQueue<(string Job, long RunTs)> Prepared { get; } = new();

    public ConcurrentQueue<TrainingJob> Started { get; } = new();

    /// <summary>What becomes of a job that is started.</summary>
    public Func<TrainingJob, TrainingOutcome> Ends { get; set; } = _ => TrainingOutcome.Running;

    public void End(string job, TrainingOutcome outcome) => jobs[job] = outcome;

    public Task<DataSetInfo> Prepare(string jobName, long runTs, CancellationToken cancellation) => Prepares.Around(() =>
    {
        Prepared.Enqueue((jobName, runTs));
        return Task.FromResult(new DataSetInfo($"file:///train/{jobName}", Rows, new Dictionary<string, long>()));
    });

    public Task Start(TrainingJob job, CancellationToken cancellation) => Starts.Around(() =>
    {
        if (jobs.TryAdd(job.Name, Ends(job)))
            Started.Enqueue(job);
        return Task.CompletedTask;
    });

    public Task<TrainingOutcome?> Describe(string jobName, CancellationToken cancellation) => Task.FromResult(jobs.GetValueOrDefault(jobName));

    public Task Stop(string jobName, CancellationToken cancellation) => Task.CompletedTask;
}
