using System.Diagnostics;
using System.Globalization;
using Hts.Load.Hosting;

namespace Hts.Load.Feed;

/// <summary>Memory and processor of a silo over a run.</summary>
internal sealed class SiloUse(int pid, string dataDir, GcHeap heap)
{
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly (double Silo, double Database, double Own) first = Cpu(pid, dataDir);
    private readonly List<UseSample> samples = [];
    private (double Silo, double Database, double Own) last;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(began);

    public IReadOnlyList<UseSample> Samples => samples;

    public double SiloCores => (last.Silo - first.Silo) / samples[^1].Seconds;

    public double DatabaseCores => (last.Database - first.Database) / samples[^1].Seconds;

    public double OwnCores => (last.Own - first.Own) / samples[^1].Seconds;

    /// <summary>Of the whole machine, mean over the samples.</summary>
    public double LoadAverage => samples.Average(sample => sample.LoadAverage);

    public Growth Resident => Growth.Of(samples, sample => sample.ResidentMegabytes);

    public Growth Anonymous => Growth.Of(samples, sample => sample.AnonymousMegabytes);

    public Growth Heap => Growth.Of([.. samples.Where(sample => sample.HeapMegabytes is not null)], sample => sample.HeapMegabytes!.Value);

    public void Sample()
    {
        last = Cpu(pid, dataDir);
        var load = OperatingSystem.IsLinux() ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : 0;
        var used = heap.Megabytes;
        samples.Add(new UseSample(Elapsed.TotalSeconds, ProcessUse.Resident(pid), ProcessUse.Anonymous(pid), double.IsNaN(used) ? null : used, load));
    }

    private static (double Silo, double Database, double Own) Cpu(int pid, string dataDir) =>
        (ProcessUse.Cpu(pid), ProcessUse.DatabaseCpu(dataDir), ProcessUse.Cpu(Environment.ProcessId));
}
