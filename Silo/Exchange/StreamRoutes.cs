using Hts.Exchange.Faults;
using Hts.Time;

namespace Hts.Exchange;

/// <summary>The WebSocket side: /ws, /ws/a/b and /stream?streams=a/b.</summary>
internal sealed class StreamRoutes(
    TapeMarket market,
    MarketClock clock,
    TimeProvider real,
    ExchangeServerOptions options,
    ILogger<StreamSession> log,
    CancellationToken closing)
{
    private readonly ConnectionAttempts attempts = new(options.ConnectionsPerFiveMinutes, clock);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ws", http => Accept(http, "", combined: false));
        routes.MapGet("/ws/{**streams}", http => Accept(http, (string?)http.GetRouteValue("streams") ?? "", combined: false));
        routes.MapGet("/stream", http => Accept(http, http.Request.Query["streams"].ToString(), combined: true));
    }

    private async Task Accept(HttpContext http, string streams, bool combined)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (options.Faults?.HitsNext(FaultKind.Refuse) == true)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (!attempts.TryTake())
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var session = new StreamSession(socket, combined, market, clock, real, options, log);
        await session.Run(streams.Split('/', StringSplitOptions.RemoveEmptyEntries), closing);
    }
}
