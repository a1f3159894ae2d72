using System.Collections.Concurrent;

namespace Hts.SageMaker;

/// <summary>Spaces looks at jobs: each pause is half as long again as the one before, up to six times the first.</summary>
internal sealed class PollPauses(TimeSpan first, TimeProvider time)
{
    private const double Growth = 1.5;
    private const double Most = 6;
    private readonly ConcurrentDictionary<string, (TimeSpan Pause, long Since)> jobs = new();
    private readonly ConcurrentDictionary<string, long> silent = new();

    public bool IsOver(string job) => !jobs.TryGetValue(job, out var known) || time.GetElapsedTime(known.Since) >= known.Pause;

    /// <summary>After a look that was heard.</summary>
    public void Begin(string job)
    {
        silent.TryRemove(job, out _);
        Lengthen(job);
    }

    /// <summary>After a look that was not: true until nothing was heard for <paramref name="longest"/>.</summary>
    public bool MayBeSilent(string job, TimeSpan longest)
    {
        if (time.GetElapsedTime(silent.GetOrAdd(job, _ => time.GetTimestamp())) > longest)
            return false;
        Lengthen(job);
        return true;
    }

    public void Forget(string job)
    {
        silent.TryRemove(job, out _);
        jobs.TryRemove(job, out _);
    }

    private void Lengthen(string job)
    {
        var pause = jobs.TryGetValue(job, out var known) ? TimeSpan.FromTicks(Math.Min((known.Pause * Growth).Ticks, (first * Most).Ticks)) : first;
        jobs[job] = (pause, time.GetTimestamp());
    }
}
