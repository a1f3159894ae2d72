using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Hts.Tests.Live;

/// <summary>A client of the hub over a bare WebSocket with small buffers, which reads only when it is told to.</summary>
internal sealed class SilentReader : IAsyncDisposable
{
    private const char End = '\u001e';
    private readonly ClientWebSocket socket = new();
    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler { ConnectCallback = Connect });

    public static async Task<SilentReader> Subscribe(Uri gateway, IEnumerable<string> symbols)
    {
        var reader = new SilentReader();
        await reader.socket.ConnectAsync(new Uri($"ws://{gateway.Authority}/hubs/live"), reader.invoker, CancellationToken.None);
        await reader.Send("""{"protocol":"json","version":1}""");
        await reader.Send($$"""{"type":1,"invocationId":"1","target":"Subscribe","arguments":[["{{string.Join("\",\"", symbols)}}"]]}""");
        return reader;
    }

    /// <summary>Reads on until a message contains a text.</summary>
    public async Task<int> ReadUntil(string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[65_536];
        var unread = "";
        var messages = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            unread += Encoding.UTF8.GetString(buffer, 0, received.Count);
            var whole = unread.Split(End);
            unread = whole[^1];
            messages += whole.Length - 1;
            if (whole[..^1].Any(m => m.Contains(text, StringComparison.Ordinal)))
                return messages;
        }
    }

    public Task Ping() => Send("""{"type":6}""");

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        invoker.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task Send(string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await socket.ConnectAsync(context.DnsEndPoint, stop);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
