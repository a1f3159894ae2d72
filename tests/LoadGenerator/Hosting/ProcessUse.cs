using System.Diagnostics;
using System.Globalization;

namespace Hts.Load.Hosting;

/// <summary>What processes use of the machine, read from outside.</summary>
internal static class ProcessUse
{
    /// <summary>Resident memory, MB.</summary>
    public static double Resident(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.WorkingSet64 / 1e6;
    }

    /// <summary>Resident memory that no file backs, MB; not a number where there is no /proc.</summary>
    public static double Anonymous(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return double.NaN;
        const string field = "RssAnon:";
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return Number(line[field.Length..^"kB".Length].Trim()) * 1024 / 1e6;
    }

    /// <summary>Processor seconds used so far.</summary>
    public static double Cpu(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>
    /// Processor seconds of the database's processes, those that ended included; not a number where there is no /proc.
    /// </summary>
    public static double DatabaseCpu(string dataDir)
    {
        var pidFile = Path.Combine(dataDir, "postgres", "data", "postmaster.pid");
        if (!OperatingSystem.IsLinux() || !File.Exists(pidFile))
            return double.NaN;
        var postmaster = File.ReadLines(pidFile).First();
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            if (Stat(folder) is not { } stat)
                continue;
            var isPostmaster = Path.GetFileName(folder) == postmaster;
            if (isPostmaster || stat[1] == postmaster)
                ticks += Number(stat[11]) + Number(stat[12]);
            // Children that ended are in their parent's account.
            if (isPostmaster)
                ticks += Number(stat[13]) + Number(stat[14]);
        }

        const double ticksPerSecond = 100;
        return ticks / ticksPerSecond;
    }

    /// <summary>Fields of /proc/pid/stat from the state (the third) on; null when the process is gone.</summary>
    private static string[]? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
