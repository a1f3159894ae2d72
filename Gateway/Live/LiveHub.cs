using Hts.Hosting;
using Hts.Symbols;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Hts.Live;

/// <summary>The live hub: clients choose symbols and listen.</summary>
internal sealed class LiveHub(LiveClients clients, KnownSymbols known, IHubContext<LiveHub> hub, IOptions<GatewayOptions> options) : Hub
{
    public const string Path = "/hubs/live";

    public override async Task OnConnectedAsync()
    {
        // The hub's own Clients end with this call; the context's last as long as the pump.
        if (!clients.TryAdd(Context.ConnectionId, hub.Clients.Client(Context.ConnectionId), out var client))
            throw new HubException("Too many live clients.");
        await Clients.Caller.SendAsync(LiveKinds.Hello, new LiveMark(clients.Stream, clients.Seq));
        _ = client.Pump();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        clients.Remove(Context.ConnectionId);
        return Task.CompletedTask;
    }

    /// <summary>Adds symbols to those that this client hears of.</summary>
    /// <exception cref="HubException">A symbol is not known, or there are too many.</exception>
    public async Task<LiveSubscriptions> Subscribe(string[] symbols)
    {
        if (symbols.Length > options.Value.MaxSubscriptions)
            throw TooMany();
        foreach (var symbol in symbols)
            if (!await known.Contains(symbol))
                throw new HubException($"Unknown symbol '{(symbol.Length <= 40 ? symbol : symbol[..40])}'.");
        return clients.Subscribe(Context.ConnectionId, symbols) ?? throw TooMany();
    }

    public LiveSubscriptions Unsubscribe(string[] symbols) =>
        clients.Unsubscribe(Context.ConnectionId, symbols) ?? throw new HubException("The connection is closing.");

    private HubException TooMany() => new($"At most {options.Value.MaxSubscriptions} symbols can be subscribed.");
}
