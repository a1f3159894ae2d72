using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Hts.Feeds;

/// <summary>Sends control requests of one connection, in turn and not faster than the exchange allows, and knows which wait for an answer.</summary>
internal sealed class StreamRequests(WebSocket socket, ServerClock serverClock, int perSecond, TimeProvider market, TimeProvider real) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly ConcurrentDictionary<long, StreamRequest> waiting = new();
    private readonly TimeSpan pace = TimeSpan.FromSeconds(1.0 / perSecond);
    private long lastId;

    public int Waiting => waiting.Count;

    /// <summary>How long the oldest unanswered request waits, real time.</summary>
    public TimeSpan LongestWait => waiting.Values.Select(w => real.GetElapsedTime(w.SentAt)).DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>The request that an answer belongs to; null when it belongs to none.</summary>
    public StreamRequest? Answered(long id) => waiting.TryRemove(id, out var request) ? request : null;

    /// <summary>Asks for the subscriptions: the answer comes in the order of the stream.</summary>
    public Task Probe(CancellationToken cancellationToken) => Send("LIST_SUBSCRIPTIONS", [], [], cancellationToken);

    public Task Subscribe(IReadOnlyList<string> symbols, CancellationToken cancellationToken) =>
        Send("SUBSCRIBE", symbols, symbols, cancellationToken);

    public Task Unsubscribe(IReadOnlyList<string> symbols, CancellationToken cancellationToken) =>
        Send("UNSUBSCRIBE", symbols, [], cancellationToken);

    public void Dispose() => turn.Dispose();

    private async Task Send(string method, IReadOnlyList<string> symbols, IReadOnlyList<string> confirmed, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var id = ++lastId;
            waiting[id] = new StreamRequest(confirmed, await serverClock.NowAtMost(cancellationToken), real.GetTimestamp());
            await socket.SendAsync(Encoding.UTF8.GetBytes(Text(method, symbols, id)), WebSocketMessageType.Text, true, cancellationToken);
            // A probe is followed by its period in any case.
            if (symbols.Count > 0)
                await Task.Delay(pace, market, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private static string Text(string method, IReadOnlyList<string> symbols, long id)
    {
        var names = symbols.Count == 0 ? "" : $",\"params\":[{string.Join(',', symbols.Select(s => JsonSerializer.Serialize(BinanceStream.StreamOf(s))))}]";
        return string.Create(CultureInfo.InvariantCulture, $"{{\"method\":\"{method}\"{names},\"id\":{id}}}");
    }
}
