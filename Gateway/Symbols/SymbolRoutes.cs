using Hts.Access;
using Hts.Hosting;
using Hts.Json;
using Hts.OpenApi;
using Hts.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hts.Symbols;

/// <summary>List, add and stop symbols.</summary>
internal static class SymbolRoutes
{
    public static RouteGroupBuilder MapSymbols(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/symbols").WithTags("Symbols");
        group.MapGet("/", List).Describe("listSymbols", "Lists the symbols", "All symbols that were ever added, with the state of their feeds.");
        group.MapPut("/{symbol}", Add).RequireAdmin()
            .Describe("addSymbol", "Adds a symbol", "Adds a symbol at run time, or starts a stopped one again; safe to repeat.", 400, 422);
        group.MapDelete("/{symbol}", Stop).RequireAdmin()
            .Describe("stopSymbol", "Stops a symbol", "Ends collecting and predicting; its history stays and open predictions are still settled.", 404);
        return group;
    }

    private static async Task<Ok<Page<SymbolView>>> List(ClusterCalls cluster)
    {
        var symbols = await cluster.Read(0, static (grains, _) => grains.GetGrain<ISymbolDirectoryGrain>(0).List());
        return TypedResults.Ok(new Page<SymbolView>([.. symbols.Select(SymbolView.From)], null));
    }

    private static async Task<Results<Ok<SymbolView>, ProblemHttpResult>> Add(string symbol, IGrainFactory grains)
    {
        if (!SymbolName.IsValid(symbol))
            return Problem.Invalid("symbol", SymbolName.Rule + ".");
        var directory = grains.GetGrain<ISymbolDirectoryGrain>(0);
        if (await directory.Add(symbol) is { } refusal)
            return Problem.Refused(refusal);
        return await directory.Find(symbol) is { } added
            ? TypedResults.Ok(SymbolView.From(added))
            : Problem.UnknownSymbol(symbol);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Stop(string symbol, IGrainFactory grains) =>
        SymbolName.IsValid(symbol) && await grains.GetGrain<ISymbolDirectoryGrain>(0).Stop(symbol)
            ? TypedResults.NoContent()
            : Problem.UnknownSymbol(symbol);
}
