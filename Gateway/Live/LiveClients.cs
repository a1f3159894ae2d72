using System.Diagnostics.CodeAnalysis;
using Hts.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Hts.Live;

/// <summary>Who listens to what, and the numbering of messages. A number is given and delivered under one lock, so each client sees them ascend.</summary>
internal sealed class LiveClients(IOptions<GatewayOptions> options)
{
    private readonly GatewayOptions options = options.Value;
    private readonly Lock gate = new();
    private readonly Dictionary<string, LiveClient> clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<LiveClient>> bySymbol = new(StringComparer.Ordinal);
    private long seq;

    /// <summary>Names this run of the gateway.</summary>
    public string Stream { get; } = Guid.NewGuid().ToString("N")[..12];

    public long Seq => Interlocked.Read(ref seq);

    public int Count
    {
        get
        {
            lock (gate)
                return clients.Count;
        }
    }

    /// <summary>Takes a client in; false when there are too many.</summary>
    public bool TryAdd(string id, IClientProxy proxy, [NotNullWhen(true)] out LiveClient? client)
    {
        lock (gate)
        {
            if (clients.Count >= options.MaxLiveClients)
            {
                client = null;
                return false;
            }
            client = new LiveClient(id, proxy, new ConflatingQueue<LiveItem>(options.LiveBarDepth, options.LiveOutbox), this);
            clients.Add(id, client);
            return true;
        }
    }

    public void Remove(string id)
    {
        lock (gate)
        {
            if (!clients.Remove(id, out var client))
                return;
            foreach (var symbol in client.Symbols)
                Leave(client, symbol);
            client.Stop();
        }
    }

    /// <summary>Adds symbols to a client's; null when that would be more than allowed, or the client left.</summary>
    public LiveSubscriptions? Subscribe(string id, IReadOnlyList<string> symbols)
    {
        lock (gate)
        {
            if (!clients.TryGetValue(id, out var client) || symbols.Count(s => !client.Symbols.Contains(s)) + client.Symbols.Count > options.MaxSubscriptions)
                return null;
            foreach (var symbol in symbols)
            {
                if (!client.Symbols.Add(symbol))
                    continue;
                if (!bySymbol.TryGetValue(symbol, out var group))
                    bySymbol.Add(symbol, group = []);
                group.Add(client);
            }
            return Now(client);
        }
    }

    public LiveSubscriptions? Unsubscribe(string id, IReadOnlyList<string> symbols)
    {
        lock (gate)
        {
            if (!clients.TryGetValue(id, out var client))
                return null;
            foreach (var symbol in symbols)
                if (client.Symbols.Remove(symbol))
                    Leave(client, symbol);
            return Now(client);
        }
    }

    /// <summary>Numbers a message and puts it into the outbox of each client that listens; written as JSON once, if anybody does.</summary>
    public void Deliver(LiveMessage message)
    {
        lock (gate)
        {
            var number = ++seq;
            IReadOnlyCollection<LiveClient>? listeners = LiveWriter.IsForAll(message)
                ? clients.Values
                : message.Symbol is { } symbol ? bySymbol.GetValueOrDefault(symbol) : null;
            if (listeners is null or { Count: 0 })
                return;
            var item = LiveWriter.Write(message, number);
            foreach (var client in listeners)
            {
                if (message.Bar is { } bar)
                    client.Outbox.PutBar(message.Symbol!, bar.Ts, item);
                else
                    client.Outbox.Put(item);
            }
        }
    }

    /// <summary>Tells everybody that messages were lost before they came here.</summary>
    public void DeliverLoss(int dropped)
    {
        lock (gate)
        {
            seq++;
            var item = Resync(dropped);
            foreach (var client in clients.Values)
                client.Outbox.Put(item);
        }
    }

    public LiveItem Resync(int dropped) => LiveWriter.WriteLoss(Seq, dropped);

    private void Leave(LiveClient client, string symbol)
    {
        if (bySymbol.TryGetValue(symbol, out var group) && group.Remove(client) && group.Count == 0)
            bySymbol.Remove(symbol);
    }

    private LiveSubscriptions Now(LiveClient client) => new(Stream, seq, [.. client.Symbols.Order(StringComparer.Ordinal)]);
}
