using System.Diagnostics;

namespace Hts.Postgres;

/// <summary>Runs a command-line tool to its end.</summary>
internal static class ToolProcess
{
    /// <summary>Standard output and error together; a tool that takes longer than <paramref name="timeout"/> is killed.</summary>
    /// <exception cref="EmbeddedPostgresException">The tool cannot be started or did not end in time.</exception>
    public static async Task<(int ExitCode, string Output)> Run(
        IReadOnlyList<string> command, string workingDirectory, TimeSpan timeout, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        // libpq and the server read PG* (PGPORT, PGDATA, PGUSER, …): the user's own settings must not leak into our server.
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(key);
        start.Environment["LC_ALL"] = "C";

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new EmbeddedPostgresException($"Cannot run {command[0]}: {e.Message}.", e);
        }

        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, (await output + await error).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new EmbeddedPostgresException($"{command[0]} did not end within {timeout.TotalSeconds:0} s.");
        }
    }
}
