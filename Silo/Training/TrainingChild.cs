using System.Diagnostics;
using Hts.Commands;

namespace Hts.Training;

/// <summary>Runs the <c>train</c> verb of this program as a child process.</summary>
internal static class TrainingChild
{
    private const int KeptLines = 20;

    /// <returns>Null on success, else the last line it wrote to its error stream.</returns>
    public static async Task<string?> Run(LocalJob job, bool hasChampion, int seed, string[] members, CancellationToken stop)
    {
        using var child = new Process { StartInfo = StartInfo(job, hasChampion, seed, members) };
        var errors = new Queue<string>();
        await using var log = new StreamWriter(job.Log, append: false) { AutoFlush = true };
        var writing = new Lock();
        child.OutputDataReceived += (_, line) => Keep(line.Data);
        child.ErrorDataReceived += (_, line) => Keep(line.Data, errors);
        child.Start();
        LowerPriority(child);
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        try
        {
            await child.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        return child.ExitCode == 0 ? null : Words(errors.LastOrDefault()) ?? $"the training ended with exit code {child.ExitCode}";

        void Keep(string? line, Queue<string>? kept = null)
        {
            if (string.IsNullOrWhiteSpace(line))
                return;
            lock (writing)
            {
                log.WriteLine(line);
                kept?.Enqueue(line);
                if (kept?.Count > KeptLines)
                    kept.Dequeue();
            }
        }
    }

    private static string? Words(string? line) =>
        line is not null && line.StartsWith(CommandLine.ErrorMark, StringComparison.Ordinal) ? line[CommandLine.ErrorMark.Length..] : line;

    private static ProcessStartInfo StartInfo(LocalJob job, bool hasChampion, int seed, string[] members)
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
            Path.Combine(AppContext.BaseDirectory, "Silo.dll"), "train", job.DataSet, "--out", job.Output, "--seed", seed.ToString(),
            "--members", string.Join(',', members), "--while-stdin-open",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (hasChampion)
        {
            start.ArgumentList.Add("--champion");
            start.ArgumentList.Add(job.Champion);
        }
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        start.Environment["DOTNET_gcServer"] = "0";
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
