using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Hts.Tests.Feeds;

/// <summary>A server of bare WebSocket frames, to send what a library would not and to see what a client really answers.</summary>
internal sealed class RawWebSocketServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public RawWebSocketServer() => listener.Start();

    public string RestUrl => $"http://127.0.0.1:{Port}";

    public string WebSocketUrl => $"ws://127.0.0.1:{Port}";

    private int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Head of the newest client's request.</summary>
    public string Request { get; private set; } = "";

    /// <summary>The connection of the next client that opens a stream.</summary>
    public async Task<NetworkStream> Accept(CancellationToken cancellationToken)
    {
        var stream = (await listener.AcceptTcpClientAsync(cancellationToken)).GetStream();
        Request = await Head(stream, cancellationToken);
        var key = Request.Split("\r\n").First(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase));
        var token = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key.Split(':')[1].Trim() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        await Write(stream, $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {token}\r\n\r\n", cancellationToken);
        return stream;
    }

    public static async Task SendFrame(NetworkStream stream, byte opcode, byte[] payload, CancellationToken cancellationToken) =>
        await stream.WriteAsync((byte[])[(byte)(0x80 | opcode), .. LengthOf(payload), .. payload], cancellationToken);

    /// <summary>The next frame of the client, unmasked.</summary>
    public static async Task<(byte Opcode, byte[] Payload)> ReceiveFrame(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new byte[6];
        await stream.ReadExactlyAsync(head, cancellationToken);
        var payload = new byte[head[1] & 0x7f];
        await stream.ReadExactlyAsync(payload, cancellationToken);
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= head[2 + (i % 4)];
        return ((byte)(head[0] & 0xf), payload);
    }

    public void Dispose() => listener.Dispose();

    private static byte[] LengthOf(byte[] payload) => payload.Length switch
    {
        < 126 => [(byte)payload.Length],
        <= ushort.MaxValue => [126, (byte)(payload.Length >> 8), (byte)payload.Length],
        _ => throw new ArgumentException($"{payload.Length} bytes are too many for a frame of the tests.", nameof(payload)),
    };

    private static async Task<string> Head(NetworkStream stream, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    private static async Task Write(NetworkStream stream, string text, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
}
