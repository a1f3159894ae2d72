using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Hts.Load.Hosting;

/// <summary>What a process holds on to: its managed heap right after a full collection.</summary>
internal static class LivingObjects
{
    private const int Oldest = 2;
    private const long Keywords = (long)(ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Makes the process collect, which stops it for a moment, and returns what is left, MB.</summary>
    /// <exception cref="TimeoutException">It did not collect in time.</exception>
    public static async Task<double> Megabytes(int pid)
    {
        var left = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        var full = false;
        using var session = new DiagnosticsClient(pid).StartEventPipeSession(
            [new EventPipeProvider(ClrTraceEventParser.ProviderName, EventLevel.Informational, Keywords)], requestRundown: false);
        using var source = new EventPipeEventSource(session.EventStream);
        source.Clr.GCStart += start => full |= start.Depth == Oldest;
        source.Clr.GCHeapStats += stats =>
        {
            if (full)
                left.TrySetResult(stats.TotalHeapSize / 1e6);
        };
        // Processing blocks until the session stops.
        var reading = Task.Factory.StartNew(source.Process, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await left.Task.WaitAsync(Patience);
        }
        finally
        {
            await session.StopAsync(CancellationToken.None);
            await reading;
        }
    }
}
