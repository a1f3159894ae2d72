using Microsoft.AspNetCore.SignalR;

namespace Hts.Live;

/// <summary>
/// One connected client with its own outbox and pump. A send waits while the client does not read; meanwhile its outbox conflates, and nobody
/// else notices.
/// </summary>
internal sealed class LiveClient(string id, IClientProxy proxy, ConflatingQueue<LiveItem> outbox, LiveClients clients)
{
    private readonly CancellationTokenSource stop = new();

    public string Id => id;

    /// <summary>Symbols it listens to; guarded by the registry's lock.</summary>
    public HashSet<string> Symbols { get; } = new(StringComparer.Ordinal);

    public ConflatingQueue<LiveItem> Outbox => outbox;

    public void Stop() => stop.Cancel();

    /// <summary>Sends until stopped or until the connection is gone.</summary>
    public async Task Pump()
    {
        var batch = new List<LiveItem>();
        try
        {
            while (true)
            {
                await outbox.WaitAsync(stop.Token);
                batch.Clear();
                if (outbox.Take(batch) is var lost and > 0)
                    await Send(clients.Resync(lost));
                foreach (var item in batch)
                    await Send(item);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client left.
        }
    }

    private Task Send(LiveItem item) => proxy.SendAsync(item.Kind, item.Payload, stop.Token);
}
