using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Hts.Load.Hosting;

/// <summary>Another process's managed heap as the runtime's own counters tell it.</summary>
internal sealed class GcHeap : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly EventPipeSession session;
    private readonly EventPipeEventSource source;
    private readonly Task reading;
    private double megabytes = double.NaN;

    public GcHeap(int pid, int seconds)
    {
        session = new DiagnosticsClient(pid).StartEventPipeSession(
            [new EventPipeProvider("System.Runtime", EventLevel.Informational, 0, new Dictionary<string, string> { ["EventCounterIntervalSec"] = $"{seconds}" })],
            requestRundown: false);
        source = new EventPipeEventSource(session.EventStream);
        source.Dynamic.All += Take;
        // Processing blocks as long as the session lives.
        reading = Task.Factory.StartNew(source.Process, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Bytes in use at the newest report, MB; not a number before the first.</summary>
    public double Megabytes => Volatile.Read(ref megabytes);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await session.StopAsync(CancellationToken.None);
            await reading.WaitAsync(Patience);
        }
        catch (Exception gone) when (gone is ServerNotAvailableException or TimeoutException or IOException)
        {
            // The process ended before us.
        }

        source.Dispose();
        session.Dispose();
    }

    private void Take(TraceEvent e)
    {
        if (e.EventName == "EventCounters"
            && e.PayloadValue(0) is IDictionary<string, object> outer
            && outer["Payload"] is IDictionary<string, object> counter
            && counter["Name"] is "gc-heap-size")
            Volatile.Write(ref megabytes, (double)counter["Mean"]);
    }
}
