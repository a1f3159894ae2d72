using System.Globalization;
using System.Text.Json;
using Hts.Exchange.Faults;

namespace Hts.Exchange;

/// <summary>The REST side: /api/v3/ping, time, exchangeInfo, aggTrades, klines.</summary>
internal sealed class RestRoutes(TapeMarket market, RequestWeight weight, RestFaults? faults)
{
    private delegate void Answer(RestQuery query, Utf8JsonWriter json);

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "ping", 1, (_, json) =>
        {
            json.WriteStartObject();
            json.WriteEndObject();
        });
        Map(routes, "time", 1, (_, json) =>
        {
            json.WriteStartObject();
            json.WriteNumber("serverTime", market.NowMs);
            json.WriteEndObject();
        });
        Map(routes, "exchangeInfo", 20, (_, json) => ExchangeJson.Info(json, market));
        Map(routes, "aggTrades", 4, Trades);
        Map(routes, "klines", 2, Klines);
    }

    private void Trades(RestQuery query, Utf8JsonWriter json)
    {
        var symbol = query.Symbol();
        var limit = query.Limit();
        var (from, start, end) = (query.Number("fromId"), query.Number("startTime"), query.Number("endTime"));
        if (from is not null && (start is not null || end is not null))
            throw new RestException(400, -1128, "Combination of optional parameters invalid.");
        var endMs = Math.Min(end ?? long.MaxValue - 1, faults?.KnownUntil(market.NowMs) ?? long.MaxValue - 1);
        // With neither an id nor a beginning the newest come.
        var first = from ?? (start is null ? Math.Max(1, market.IdAfter(symbol, endMs) - limit) : market.Tape.IdAt(symbol, start.Value));
        json.WriteStartArray();
        foreach (var trade in market.Trades(symbol, first, limit, endMs))
            ExchangeJson.Trade(json, trade);
        json.WriteEndArray();
    }

    private void Klines(RestQuery query, Utf8JsonWriter json)
    {
        var symbol = query.Symbol();
        var barMs = query.BarMs();
        var limit = query.Limit();
        var end = query.Number("endTime") ?? market.NowMs;
        var start = query.Number("startTime") ?? (Math.Min(end, market.NowMs) / barMs * barMs) - ((limit - 1) * barMs);
        json.WriteStartArray();
        foreach (var bar in market.Klines(symbol, barMs, start, end, limit))
            ExchangeJson.Kline(json, bar, barMs);
        json.WriteEndArray();
    }

    private void Map(IEndpointRouteBuilder routes, string name, int cost, Answer answer) => routes.MapGet($"/api/v3/{name}", async (HttpContext http) =>
    {
        var (used, retryAfter) = weight.Spend(cost);
        http.Response.Headers["X-MBX-USED-WEIGHT-1M"] = used.ToString(CultureInfo.InvariantCulture);
        http.Response.ContentType = "application/json;charset=UTF-8";
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            try
            {
                if (retryAfter > 0)
                    throw RestException.TooMuch(retryAfter);
                if (faults is not null)
                    await faults.Meet(http.RequestAborted);
                answer(new RestQuery(http.Request.Query, market), json);
            }
            catch (RestException refusal)
            {
                json.Flush();
                json.Reset();
                body.SetLength(0);
                Refuse(http.Response, refusal, json);
            }
        }

        var length = faults?.Cut((int)body.Length) ?? (int)body.Length;
        http.Response.ContentLength = length;
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, length), http.RequestAborted);
    });

    private static void Refuse(HttpResponse response, RestException refusal, Utf8JsonWriter json)
    {
        response.StatusCode = refusal.Status;
        if (refusal.RetryAfterSeconds > 0)
            response.Headers.RetryAfter = refusal.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteNumber("code", refusal.Code);
        json.WriteString("msg", refusal.Message);
        json.WriteEndObject();
    }
}
