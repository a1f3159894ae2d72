using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Hts.Load.Hosting;

/// <summary>The program as a process of its own; what it writes goes to a file.</summary>
internal sealed class SiloChild : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StreamWriter log;
    private readonly Lock gate = new();

    private SiloChild(Process process, StreamWriter log, int port)
    {
        (this.process, this.log) = (process, log);
        Http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}"), Timeout = TimeSpan.FromSeconds(30) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Http { get; }

    public int Pid => process.Id;

    /// <summary>Starts <c>serve</c>; the Silo stands beside this program, where the build puts what is referenced.</summary>
    public static SiloChild Serve(string dataDir, string logFile, IEnumerable<(string Key, string Value)> settings)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Silo.dll"), "serve", "--data-dir", dataDir, "--port", $"{port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataDir,
        };
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new SiloChild(Process.Start(start)!, new StreamWriter(logFile) { AutoFlush = true }, port);
    }

    /// <summary>Waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or is not ready in time.</exception>
    public async Task Ready(TimeSpan within, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < within)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The silo ended with {process.ExitCode}; its log tells why.");
            try
            {
                using var answer = await Http.GetAsync("/readyz", cancellation);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Pause, cancellation);
        }

        throw new InvalidOperationException($"The silo was not ready within {within}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // A polite end first, so that its database stops with it.
            if (!OperatingSystem.IsWindows())
            {
                using var term = Process.Start("kill", ["-TERM", $"{process.Id}"]);
                await term.WaitForExitAsync();
            }

            using var patience = new CancellationTokenSource(Farewell);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        process.Dispose();
        Http.Dispose();
        await log.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        lock (gate)
            log.WriteLine(line);
    }
}
