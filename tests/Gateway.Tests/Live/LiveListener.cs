using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;

namespace Hts.Tests.Live;

/// <summary>A client of the hub that keeps what comes, by kind.</summary>
internal sealed class LiveListener(HubConnection connection) : IAsyncDisposable
{
    private static readonly string[] Kinds = ["hello", "bar", "prediction", "settlement", "model", "event", "feed", "resync"];
    private readonly ConcurrentDictionary<string, Channel<JsonElement>> received = new();

    public HubConnection Connection => connection;

    /// <summary>What the hub greeted with.</summary>
    public JsonElement Hello { get; private set; }

    public static async Task<LiveListener> Connect(HubConnection connection)
    {
        var listener = new LiveListener(connection);
        foreach (var kind in Kinds)
        {
            var channel = listener.received[kind] = Channel.CreateUnbounded<JsonElement>();
            connection.On<JsonElement>(kind, e => channel.Writer.TryWrite(e.Clone()));
        }
        await connection.StartAsync();
        // The connection stands before the hub has taken the client in; its greeting says that it has.
        listener.Hello = await listener.Next("hello");
        return listener;
    }

    /// <summary>The next message of a kind.</summary>
    public async Task<JsonElement> Next(string kind)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            return await received[kind].Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no message '{kind}' came in 20 s");
        }
    }

    /// <summary>Messages of a kind that came and were not read.</summary>
    public int Waiting(string kind) => received[kind].Reader.Count;

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
