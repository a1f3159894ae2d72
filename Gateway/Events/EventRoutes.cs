using System.Globalization;
using Hts.History;
using Hts.Hosting;
using Hts.Json;
using Hts.OpenApi;
using Hts.Problems;
using Hts.Symbols;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Hts.Events;

/// <summary>The status log.</summary>
internal static class EventRoutes
{
    private const int UsualLimit = 100;

    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/events", Read).WithTags("Events").Describe("readEvents", "Reads the status log", "Newest first; of all symbols unless one is named.", 400, 404);

    private static async Task<Results<Ok<Page<EventView>>, ProblemHttpResult>> Read(
        string? symbol, string? limit, string? cursor, ClusterCalls cluster, KnownSymbols known, IOptions<GatewayOptions> options)
    {
        var check = new RequestCheck();
        var size = check.Limit(limit, UsualLimit, options.Value.MaxItemsPerPage);
        var before = check.Cursor(cursor) ?? long.MaxValue;
        if (check.Failed)
            return check.Problem();
        if (symbol is not null && !await known.Contains(symbol))
            return Problem.UnknownSymbol(symbol);
        var events = await cluster.Read(
            (before, symbol, size), static (grains, q) => grains.GetGrain<IHistoryGrain>(0).Events(q.before, q.symbol, q.size + 1));
        var next = events.Count > size ? events[size - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new Page<EventView>([.. events.Take(size).Select(EventView.From)], next));
    }
}
