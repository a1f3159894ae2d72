using System.Globalization;
using Hts.History;
using Hts.Hosting;
using Hts.Json;
using Hts.Markets;
using Hts.OpenApi;
using Hts.Problems;
using Hts.Status;
using Hts.Symbols;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Hts.Embeddings;

/// <summary>Ingest of embeddings, and a look at the stored ones.</summary>
internal static class EmbeddingRoutes
{
    private const int UsualLimit = 20;

    public static void MapEmbeddings(this RouteGroupBuilder symbol) =>
        symbol.MapGet("/embeddings", Read).WithTags("Embeddings")
            .Describe("listEmbeddings", "Lists stored embeddings", "The newest texts of a symbol, newest first; which embeddings are there, without their values.", 400, 404);

    public static void MapEmbeddingIngest(this IEndpointRouteBuilder api) =>
        api.MapPost("/embeddings", Post).WithTags("Embeddings")
            .Describe("storeEmbeddings", "Stores embeddings", "Texts and embeddings of 256 values for one slot boundary of a symbol.", 400, 404, 413, 415, 422);

    private static async Task<Results<Ok<EmbeddingReceipt>, ProblemHttpResult>> Post(
        EmbeddingRequest request, IGrainFactory grains, KnownSymbols known, MarketTime market)
    {
        var check = new RequestCheck();
        var facts = await market.Facts();
        EmbeddingRules.Check(request, facts.SlotSeconds * 1_000L, check);
        if (check.Failed)
            return check.Problem();
        if (!await known.Contains(request.Symbol!))
            return Problem.UnknownSymbol(request.Symbol!);
        var broken = await grains.GetGrain<IMarketGrain>(request.Symbol!).AddEmbedding(new EmbeddingMessage(
            request.BaseTs!.Value.Ms, request.TextA, request.TextB, request.EmbeddingA, request.EmbeddingB, request.Model!, request.KnownAt?.Ms));
        return broken is null
            ? TypedResults.Ok(new EmbeddingReceipt(request.Symbol!, request.BaseTs.Value, request.Model!))
            : Problem.Refused(broken);
    }

    private static async Task<Results<Ok<Page<EmbeddingView>>, ProblemHttpResult>> Read(
        string symbol, string? limit, string? cursor, ClusterCalls cluster, IOptions<GatewayOptions> options)
    {
        var check = new RequestCheck();
        var size = check.Limit(limit, UsualLimit, options.Value.MaxItemsPerPage);
        var before = check.Cursor(cursor);
        if (check.Failed)
            return check.Problem();
        var rows = await cluster.Read((symbol, before, size), static (grains, q) => q.before is { } last
            ? grains.GetGrain<IHistoryGrain>(0).EmbeddingsBefore(q.symbol, last, q.size + 1)
            : grains.GetGrain<IHistoryGrain>(0).Embeddings(q.symbol, q.size + 1));
        var next = rows.Count > size ? rows[size - 1].BaseTs.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new Page<EmbeddingView>([.. rows.Take(size).Select(EmbeddingView.From)], next));
    }
}
