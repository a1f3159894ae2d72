using Hts.History;
using Hts.Hosting;
using Hts.Json;
using Hts.OpenApi;
using Hts.Problems;
using Hts.Status;
using Hts.Symbols;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Hts.Predictions;

/// <summary>The newest prediction, the history, and prediction on demand.</summary>
internal static class PredictionRoutes
{
    private const int UsualLimit = 100;
    private const int LongestRole = 40;

    public static void MapPredictions(this RouteGroupBuilder symbol)
    {
        symbol.MapGet("/predictions", Read).WithTags("Predictions").Describe(
            "readPredictions", "Reads predictions with their outcomes", "Rows with from <= baseTs < to, newest first; all roles unless one is named.", 400, 404);
        symbol.MapPost("/predict", Predict).WithTags("Predictions").Describe(
            "predict", "Predicts on demand", "The running slot's prediction, made now if it is due and missing; 409 while there is none.", 404, 409);
    }

    /// <summary>Outside the group of the symbol: its place in memory already says that the symbol is known.</summary>
    public static void MapLatestPrediction(this IEndpointRouteBuilder api) =>
        api.MapGet("/symbols/{symbol}/prediction", static (string symbol, LatestPredictions latest) => latest.Get(symbol))
            .WithTags("Predictions")
            .Produces<PredictionView>()
            .Describe("readPrediction", "Reads the newest prediction", "The champion's newest row.", 404);

    private static async Task<Results<Ok<Page<PredictionView>>, ProblemHttpResult>> Read(
        string symbol, string? from, string? to, string? role, string? limit, string? cursor,
        ClusterCalls cluster, MarketTime market, IOptions<GatewayOptions> options)
    {
        var check = new RequestCheck();
        var facts = await market.Facts();
        var size = check.Limit(limit, UsualLimit, options.Value.MaxItemsPerPage);
        var start = check.Time("from", from) ?? 0;
        var end = check.Time("to", to) ?? market.NowMs + (facts.SlotSeconds * 1_000L);
        check.Ordered(start, end);
        if (role is { Length: 0 or > LongestRole })
            check.Fail("role", $"must have 1 to {LongestRole} characters.");
        PredictionCursor? place = null;
        if (!string.IsNullOrEmpty(cursor))
        {
            if (PredictionCursor.TryParse(cursor, out var parsed))
                place = parsed;
            else
                check.FailCursor();
        }
        if (check.Failed)
            return check.Problem();

        // The slot where the last page ended is read again whole, and what was given of it is left out.
        var given = place?.Given ?? 0;
        var until = place is { } p ? Math.Min(end, p.BaseTs + 1) : end;
        var query = new PredictionsQuery(symbol, start, until, role, given + size + 1);
        var rows = await cluster.Read(query, static (grains, q) => grains.GetGrain<IHistoryGrain>(0).Predictions(q));
        var items = rows.Skip(given).Take(size).ToList();
        var next = rows.Count > given + size ? PredictionCursor.After(items, place).ToString() : null;
        return TypedResults.Ok(new Page<PredictionView>([.. items.Select(PredictionView.From)], next));
    }

    private static async Task<Results<Ok<PredictionView>, ProblemHttpResult>> Predict(string symbol, ClusterCalls cluster, MarketTime market)
    {
        if (await cluster.Read(symbol, static (grains, s) => grains.GetGrain<IStrategyPredictorGrain>(s).Predict()) is { } prediction)
            return TypedResults.Ok(PredictionView.From(prediction));
        await market.Facts();
        var known = await cluster.Read(symbol, static (grains, s) => grains.GetGrain<ISymbolDirectoryGrain>(0).Find(s));
        return Problem.NotPredicted(known switch
        {
            { StoppedAt: not null } => $"{symbol} is not predicted: it is stopped.",
            { FirstSlot: { } first } when first <= market.NowMs => $"{symbol} is not predicted yet: the running slot waits for its bars. Ask again.",
            { FirstSlot: { } first } => $"{symbol} is not predicted yet: its first slot begins at {new UtcTime(first)}.",
            _ => $"{symbol} is not predicted yet: its history is being fetched.",
        });
    }
}
