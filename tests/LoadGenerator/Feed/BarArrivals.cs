using System.Collections.Concurrent;
using System.Text.Json;
using Hts.Load.Figures;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Hts.Load.Feed;

/// <summary>When each bar came to a listener of the live hub for the first time.</summary>
internal sealed class BarArrivals(Uri hub, int barMs, TimeProvider time) : IAsyncDisposable
{
    /// <summary>What the hub allows one client by default.</summary>
    private const int SymbolsPerConnection = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Symbol, long Ts), long> arrivals = new();
    private readonly ConcurrentDictionary<string, long> newest = new(StringComparer.Ordinal);
    private readonly List<HubConnection> connections = [];

    /// <summary>How often the hub did not take a subscription.</summary>
    public int Refusals { get; private set; }

    public async Task Listen(IReadOnlyList<string> symbols, CancellationToken cancellation)
    {
        foreach (var some in symbols.Chunk(SymbolsPerConnection))
        {
            var connection = new HubConnectionBuilder().WithUrl(hub).Build();
            connection.ServerTimeout = Patience;
            connection.On<JsonElement>("bar", Take);
            connections.Add(connection);
            await connection.StartAsync(cancellation);
            await Subscribe(connection, some, cancellation);
        }
    }

    /// <summary>How many symbols have had a bar that began at or after an instant.</summary>
    public int SymbolsSince(long ms) => newest.Count(symbol => symbol.Value >= ms);

    /// <summary>Milliseconds from the end of a bar to its arrival, of all bars that ended in a span.</summary>
    public IReadOnlyList<double> Lags(long fromMs, long untilMs) =>
    [
        .. arrivals
            .Where(bar => bar.Key.Ts + barMs > fromMs && bar.Key.Ts + barMs <= untilMs)
            .Select(bar => (double)(bar.Value - bar.Key.Ts - barMs)),
    ];

    /// <summary>The bar ends of a span by the 99th percentile of their lags, slowest first.</summary>
    public IReadOnlyList<EndLag> SlowestEnds(long fromMs, long untilMs, int count) =>
    [
        .. arrivals
            .GroupBy(bar => bar.Key.Ts + barMs, bar => (double)(bar.Value - bar.Key.Ts - barMs))
            .Where(end => end.Key > fromMs && end.Key <= untilMs)
            .Select(end => new EndLag(DateTimeOffset.FromUnixTimeMilliseconds(end.Key), Spread.Of(end)))
            .OrderByDescending(end => end.Lag.P99)
            .Take(count),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections)
            await connection.DisposeAsync();
    }

    // The silo makes its symbols known while it starts, and may be too busy with that to answer.
    private async Task Subscribe(HubConnection connection, string[] symbols, CancellationToken cancellation)
    {
        var deadline = time.GetUtcNow() + Patience;
        while (true)
        {
            try
            {
                await connection.InvokeAsync("Subscribe", symbols, cancellation);
                return;
            }
            catch (HubException failure) when (time.GetUtcNow() < deadline)
            {
                Refusals++;
                Console.WriteLine($"not subscribed yet: {failure.Message}");
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }

    private void Take(JsonElement envelope)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var symbol = envelope.GetProperty("symbol").GetString()!;
        var ts = envelope.GetProperty("data").GetProperty("ts").GetDateTimeOffset().ToUnixTimeMilliseconds();
        arrivals.TryAdd((symbol, ts), now);
        newest.AddOrUpdate(symbol, ts, (_, known) => Math.Max(known, ts));
    }
}
