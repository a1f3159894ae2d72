using Hts.History;
using Hts.Hosting;
using Hts.OpenApi;
using Hts.Problems;
using Hts.Status;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hts.Scorecards;

/// <summary>The score of one symbol, and of all pooled.</summary>
internal static class ScorecardRoutes
{
    // A score of all time would read all time on each look at the page.
    private const long DefaultSpanMs = 28 * DayMs;

    private const long DayMs = 86_400_000;

    // A quarter of a year: enough to tell direction, and an answer of some seconds still.
    private const int MostDays = 92;

    private const string Gross =
        " Net beside gross: ic, netR2 and the errors are net of costs and say nothing about direction; grossIc does, and direction says in a word whether it shows.";

    public static void MapScorecard(this RouteGroupBuilder symbol) =>
        symbol.MapGet("/scorecard", (string symbol, string? from, string? to, ClusterCalls cluster, MarketTime market) => Read(symbol, from, to, cluster, market))
            .WithTags("Scorecard").Describe("readScorecard", "Reads a symbol's scorecard", "Over slots with from <= baseTs < to, at most 92 days; the last 28 by default." + Gross, 400, 404);

    public static void MapPooledScorecard(this IEndpointRouteBuilder api) =>
        api.MapGet("/scorecard", (string? from, string? to, ClusterCalls cluster, MarketTime market) => Read(null, from, to, cluster, market))
            .WithTags("Scorecard").Describe("readPooledScorecard", "Reads the pooled scorecard", "All symbols together, over slots with from <= baseTs < to, at most 92 days; the last 28 by default." + Gross, 400);

    private static async Task<Results<Ok<ScorecardView>, ProblemHttpResult>> Read(
        string? symbol, string? from, string? to, ClusterCalls cluster, MarketTime market)
    {
        var check = new RequestCheck();
        await market.Facts();
        var end = check.Time("to", to) ?? market.NowMs + 1;
        var start = check.Time("from", from) ?? Math.Max(0, end - DefaultSpanMs);
        check.Ordered(start, end);
        if (end - start > MostDays * DayMs && !check.Failed)
            check.Fail("from", $"must be at most {MostDays} days before to.");
        if (check.Failed)
            return check.Problem();
        var score = await cluster.Read((symbol, start, end), static (grains, q) => grains.GetGrain<IHistoryGrain>(0).Scorecard(q.symbol, q.start, q.end));
        return TypedResults.Ok(ScorecardView.Of(score));
    }
}
