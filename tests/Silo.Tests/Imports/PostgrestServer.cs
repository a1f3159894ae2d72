using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hts.Tests.Imports;

/// <summary>A table behind a REST interface as Supabase has it: key check, filters by time and symbol, order, and a cap on the rows of a page.</summary>
internal sealed class PostgrestServer : IAsyncDisposable
{
    public const string Key = "a-key";

    private readonly WebApplication app;
    private readonly (string Ts, string? Symbol, string Json)[] rows;
    private readonly int cap;

    private PostgrestServer(WebApplication app, (string Ts, string? Symbol, string Json)[] rows, int cap)
    {
        this.app = app;
        this.rows = rows;
        this.cap = cap;
    }

    public string Url => app.Urls.Single();

    public int Requests { get; private set; }

    /// <summary>Answered instead of rows, one a request.</summary>
    public ConcurrentQueue<int> Faults { get; } = new();

    /// <summary>Requests from this one on are answered with 500; for an interruption.</summary>
    public int FailFrom { get; set; } = int.MaxValue;

    /// <summary>Awaited before each answer, with the request's number.</summary>
    public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    public static async Task<PostgrestServer> Start(IEnumerable<(string Ts, string? Symbol, string Json)> rows, int cap = 1_000)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new PostgrestServer(app, [.. rows], cap);
        app.MapGet("/rest/v1/{table}", (HttpContext context, string table) => server.Answer(context, table));
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> Answer(HttpContext context, string table)
    {
        Requests++;
        await Before(Requests);
        var request = context.Request;
        if (request.Headers["apikey"] != Key || request.Headers.Authorization != $"Bearer {Key}")
            return Results.Json(new { message = "Invalid API key" }, statusCode: 401);
        if (table != "price_15s")
            return Results.Json(new { code = "PGRST205" }, statusCode: 404);
        context.Response.Headers.RetryAfter = "0";
        if (Requests >= FailFrom)
            return Results.StatusCode(500);
        // A fault of 200 is an answer that breaks off.
        if (Faults.TryDequeue(out var fault))
            return fault == 200 ? Results.Text("[{\"ts\":", "application/json") : Results.StatusCode(fault);

        IEnumerable<(string Ts, string? Symbol, string Json)> found = rows;
        foreach (var filter in request.Query["ts"])
        {
            var at = filter!.IndexOf('.', StringComparison.Ordinal);
            var instant = Instant(filter[(at + 1)..]);
            found = filter[..at] switch
            {
                "gt" => found.Where(row => Instant(row.Ts) > instant),
                "gte" => found.Where(row => Instant(row.Ts) >= instant),
                "lt" => found.Where(row => Instant(row.Ts) < instant),
                _ => throw new InvalidOperationException(filter),
            };
        }
        foreach (var filter in request.Query["symbol"])
            found = found.Where(row => $"eq.{row.Symbol}" == filter);
        if (request.Query["order"] == "ts.asc")
            found = found.OrderBy(row => Instant(row.Ts));
        var limit = Math.Min(cap, int.Parse(request.Query["limit"]!, CultureInfo.InvariantCulture));
        return Results.Text($"[{string.Join(',', found.Take(limit).Select(row => row.Json))}]", "application/json");
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
