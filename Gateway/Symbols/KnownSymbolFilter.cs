using Hts.Problems;

namespace Hts.Symbols;

/// <summary>Answers 404 when the route's <c>symbol</c> is not in the directory, before anything else of the route runs.</summary>
internal sealed class KnownSymbolFilter(KnownSymbols known) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var symbol = (string)context.HttpContext.GetRouteValue("symbol")!;
        return await known.Contains(symbol) ? await next(context) : Problem.UnknownSymbol(symbol);
    }
}
