using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Hts.Tests.Hosting;

/// <summary>The program as a process of its own, asked over REST.</summary>
internal sealed class RunningSilo : IAsyncDisposable
{
    private const int KeptLines = 60;
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(1);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private RunningSilo(Process process, int port)
    {
        this.process = process;
        Http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}"), Timeout = TimeSpan.FromSeconds(100) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Http { get; }

    /// <summary>The newest lines it wrote, for messages of failed tests.</summary>
    public string Log => string.Join('\n', lines);

    public static RunningSilo Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    /// <param name="settings">Variables of its environment.</param>
    public static RunningSilo Start(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var port = FreePort();
        var start = CommandRun.StartInfo("Silo", [.. arguments, "--port", port.ToString()]);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new RunningSilo(Process.Start(start)!, port);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async Task<JsonElement> Get(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var answer = await Http.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            // A cluster that is busy says so, and asks to be asked again.
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && attempt < Attempts)
            {
                await Task.Delay(BusyPause);
                continue;
            }
            answer.IsSuccessStatusCode.ShouldBeTrue($"{path} answered {(int)answer.StatusCode}: {text}");
            return JsonDocument.Parse(text).RootElement.Clone();
        }
    }

    /// <summary>All items of a list, page by page.</summary>
    public async Task<List<JsonElement>> GetAll(string path)
    {
        var all = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await Get(cursor is null ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}");
            all.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return all;
    }

    /// <summary>Asks until the answer holds; names what was waited for and the last answer when it does not in time.</summary>
    public async Task<T> Until<T>(string what, TimeSpan within, Func<Task<T>> ask, Func<T, bool> holds)
    {
        var started = Stopwatch.GetTimestamp();
        object? last = null;
        while (Stopwatch.GetElapsedTime(started) < within)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"Waiting for {what}: the program ended with {process.ExitCode}.\n{Log}");
            try
            {
                var answer = await ask();
                if (holds(answer))
                    return answer;
                last = answer;
            }
            catch (Exception e) when (e is HttpRequestException or ShouldAssertException or TaskCanceledException)
            {
                last = e.Message;
            }
            await Task.Delay(Pause);
        }
        throw new TimeoutException($"Waiting for {what} took longer than {within}; last: {last}\n{Log}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // A polite end first, so that its database stops with it.
            using (var term = Process.Start("kill", ["-TERM", process.Id.ToString()]))
                await term.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        process.Dispose();
        Http.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        if (lines.Count > KeptLines)
            lines.TryDequeue(out _);
    }

    /// <summary>A port below those that the system deals out by itself: no other process gets it by chance before it is used.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; another one.
            }
        }
    }
}
