using System.Diagnostics;
using System.Globalization;
using Hts.Commands;

namespace Hts.Training;

/// <summary>Runs the <c>train</c> verb of this program as a child process.</summary>
internal static class TrainingChild
{
    /// <summary>Answer when a signal ended the child: Ctrl+C and a service's stop reach it as they reach us, or before.</summary>
    public const string Interrupted = "ended from outside";

    // As shells count them: 128 and the signal's number.
    private const int EndedBySigInt = 130;
    private const int EndedBySigTerm = 143;
    private const int KeptLines = 20;
    private static readonly TimeSpan MemoryCheck = TimeSpan.FromMilliseconds(250);

    /// <param name="firstModelDays">Whole days that the test part must hold for a first model other than <c>cond</c>; 0 for none.</param>
    /// <param name="memoryMegabytes">Memory that it may take; 0 for no limit.</param>
    /// <returns>Null on success, <see cref="Interrupted"/>, or the last line it wrote to its error stream.</returns>
    public static async Task<string?> Run(
        LocalJob folder, TrainingJob job, string[] members, int firstModelDays, int memoryMegabytes, CancellationToken stop)
    {
        using var child = new Process { StartInfo = StartInfo(folder, job, members, firstModelDays, memoryMegabytes) };
        var errors = new Queue<string>();
        // Without a buffer nothing is left over of a line that could not be written.
        await using var log = new StreamWriter(folder.Log, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 })
        {
            AutoFlush = true,
        };
        var writing = new Lock();
        child.OutputDataReceived += (_, line) => Keep(line.Data);
        child.ErrorDataReceived += (_, line) => Keep(line.Data, errors);
        child.Start();
        LowerPriority(child);
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        try
        {
            if (!await StaysWithin(child, memoryMegabytes, stop))
                return TooMuch(memoryMegabytes);
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        // Not its last line alone: progress is told from another thread and may come after it.
        if (child.ExitCode is EndedBySigInt or EndedBySigTerm || (child.ExitCode != 0 && errors.Contains(CommandLine.Cancelled)))
            return Interrupted;
        if (child.ExitCode != 0 && memoryMegabytes > 0 && errors.Any(line => line.Contains(nameof(OutOfMemoryException), StringComparison.Ordinal)))
            return TooMuch(memoryMegabytes);
        return child.ExitCode == 0 ? null : Words(errors.LastOrDefault()) ?? $"the training ended with exit code {child.ExitCode}";

        void Keep(string? line, Queue<string>? kept = null)
        {
            if (string.IsNullOrWhiteSpace(line))
                return;
            lock (writing)
            {
                Write(line);
                kept?.Enqueue(line);
                if (kept?.Count > KeptLines)
                    kept.Dequeue();
            }
        }

        // We are called by the process's own reader: what we let through there ends this whole program.
        void Write(string line)
        {
            try
            {
                log.WriteLine(line);
            }
            catch (IOException)
            {
                // A full disk: the training goes on without its log.
            }
        }
    }

    /// <summary>Waits for the child's end; ends it, and answers false, when it takes too much memory.</summary>
    private static async Task<bool> StaysWithin(Process child, int megabytes, CancellationToken stop)
    {
        var end = child.WaitForExitAsync(stop);
        if (megabytes == 0)
        {
            await end;
            return true;
        }
        using var timer = new PeriodicTimer(MemoryCheck);
        while (await Task.WhenAny(end, timer.WaitForNextTickAsync(stop).AsTask()) != end)
        {
            stop.ThrowIfCancellationRequested();
            if (MemoryOf(child) <= (long)megabytes << 20)
                continue;
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
            return false;
        }
        await end;
        return true;
    }

    private static long MemoryOf(Process child)
    {
        try
        {
            child.Refresh();
            return child.HasExited ? 0 : child.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended in between.
            return 0;
        }
    }

    private static string TooMuch(int megabytes) => $"needs more than the {megabytes} MB of memory that Training:MemoryMegabytes allows";

    private static string? Words(string? line) =>
        line is not null && line.StartsWith(CommandLine.ErrorMark, StringComparison.Ordinal) ? line[CommandLine.ErrorMark.Length..] : line;

    private static ProcessStartInfo StartInfo(LocalJob folder, TrainingJob job, string[] members, int firstModelDays, int memoryMegabytes)
    {
        // Its standard input stays open as long as we live: the child ends when it closes.
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Silo.dll"), "train", folder.DataSet, "--out", folder.Output, "--seed", job.Seed.ToString(CultureInfo.InvariantCulture),
            "--members", string.Join(',', members), "--first-model-days", firstModelDays.ToString(CultureInfo.InvariantCulture), "--while-stdin-open",
            .. (string[])(job.ChampionUri is null ? [] : ["--champion", folder.Champion]),
            .. (string[])(job.ChampionSha256 is { } sha256 ? ["--champion-sha256", sha256] : []),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        start.Environment["DOTNET_gcServer"] = "0";
        // Its code runs for seconds: what profiling would gain it costs first.
        start.Environment["DOTNET_TieredPGO"] = "0";
        // Its own heap first: it collects harder before the watch ends it.
        if (memoryMegabytes > 0)
            start.Environment["DOTNET_GCHeapHardLimit"] = ((long)memoryMegabytes << 20).ToString("X", CultureInfo.InvariantCulture);
        return start;
    }

    private static void LowerPriority(Process child)
    {
        try
        {
            child.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }
}
