using Hts.History;
using Hts.Hosting;
using Hts.OpenApi;
using Hts.Problems;
using Hts.Status;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hts.Quality;

/// <summary>How good one symbol's bars are.</summary>
internal static class QualityRoutes
{
    private const long DayMs = 86_400_000;
    private const int MostDays = 31;

    public static void MapQuality(this RouteGroupBuilder symbol) =>
        symbol.MapGet("/quality", Read).WithTags("Bars").Describe(
            "readQuality", "Tells how good the bars are",
            "Completeness, revisions, receipt lag and what happened on the feed, in sum and by the hour, and the holes with cause and state. "
            + "Without from: the 24 hours before to. At most 31 days. Of hours whose bars are no longer kept, what their roll-up tells.",
            400, 404);

    private static async Task<Results<Ok<QualityView>, ProblemHttpResult>> Read(
        string symbol, string? from, string? to, ClusterCalls cluster, MarketTime market)
    {
        var check = new RequestCheck();
        await market.Facts();
        var end = check.Time("to", to) ?? market.NowMs;
        var start = check.Time("from", from) ?? end - DayMs;
        check.Ordered(start, end);
        if (end - start > MostDays * DayMs && !check.Failed)
            check.Fail("from", $"must be at most {MostDays} days before to.");
        if (check.Failed)
            return check.Problem();
        var quality = await cluster.Read((symbol, start, end), static (grains, q) => grains.GetGrain<IHistoryGrain>(0).Quality(q.symbol, q.start, q.end));
        return quality is null ? Problem.UnknownSymbol(symbol) : TypedResults.Ok(QualityView.Of(quality));
    }
}
