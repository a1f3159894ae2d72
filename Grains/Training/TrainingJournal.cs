using System.Globalization;
using Hts.Events;
using Hts.Time;

namespace Hts.Training;

/// <summary>What is told of the trainings: rows of their history and events.</summary>
internal sealed class TrainingJournal(ITrainingRunStore runs, ITrainingBackend backend, EventLog events, MarketClock clock)
{
    /// <summary>Of the hours left out at once, how many get a row of their own: the newest.</summary>
    private const int MostLeftOut = 24;

    /// <summary>The name of a run's job: unique and stable, so that a repeated start makes no second one.</summary>
    public static string JobName(long runTs, int attempt)
    {
        var name = "hts-" + DateTimeOffset.FromUnixTimeMilliseconds(runTs).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return attempt == 1 ? name : FormattableString.Invariant($"{name}-{attempt}");
    }

    public Task Begins(TrainingRunProgress run) => events.Info("training", null, $"{run.JobName} starts ({run.Reason}).");

    public Task Waits(long hour, TrainingRunProgress run) =>
        events.Info("training", null, $"The training of {Timestamps.Iso(hour)} waits: {run.JobName} is still {run.State}.");

    /// <summary>Keeps where an unfinished run stands.</summary>
    public Task Keep(TrainingRunProgress run, CancellationToken cancellation) => runs.Write(Row(run, run.State, run.Reason, null, null), cancellation);

    /// <summary>Keeps how a run ended.</summary>
    public Task KeepEnd(TrainingRunProgress run, string state, string reason, string? version) =>
        runs.Write(Row(run, state, reason, version, clock.NowMs), CancellationToken.None);

    public Task Ends(TrainingRunProgress run)
    {
        var next = run.RetryAt is { } at ? $" (tried again at {Timestamps.Iso(at)})" : "";
        var text = $"{run.JobName} {run.State}: {run.Reason}{next}";
        return run.State == "failed" ? events.Error("training", null, text) : events.Info("training", null, text);
    }

    /// <summary>Keeps that hours passed without a training, and why.</summary>
    public async Task LeftOut(IReadOnlyList<long> hours, TrainingRunProgress before, CancellationToken cancellation)
    {
        if (hours.Count == 0)
            return;
        var reason = $"left out: {before.JobName} ended, or the system came back, only after the next hour had begun";
        foreach (var hour in hours.Skip(hours.Count - MostLeftOut))
            await runs.Write(new TrainingRunRow(JobName(hour, 1), hour, "skipped", hour, hour, null, null, backend.Name, reason), cancellation);
        var span = hours.Count == 1 ? $"training of {Timestamps.Iso(hours[0])} was" : $"{hours.Count} trainings of {Timestamps.Iso(hours[0])} to {Timestamps.Iso(hours[^1])} were";
        await events.Warning("training", null, $"The {span} {reason}.");
    }

    private TrainingRunRow Row(TrainingRunProgress run, string state, string reason, string? version, long? finishedAt) => new(
        run.JobName, run.RunTs, state, run.StartedAt, finishedAt, run.Rows == 0 ? null : run.Rows, version, backend.Name, reason,
        run.Visit?.Place, run.Visit?.EstimatedSeconds, run.Seconds, run.Amount);
}
