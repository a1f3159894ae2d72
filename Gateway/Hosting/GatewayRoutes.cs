using Hts.Access;
using Hts.Bars;
using Hts.Embeddings;
using Hts.Events;
using Hts.Live;
using Hts.Models;
using Hts.OpenApi;
using Hts.Pages;
using Hts.Predictions;
using Hts.Quality;
using Hts.Scorecards;
using Hts.Status;
using Hts.Symbols;
using Hts.Training;

namespace Hts.Hosting;

/// <summary>Puts the gateway's middleware and routes into a web application.</summary>
public static class GatewayRoutes
{
    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseCompression();
        app.UseDashboard();
        app.UseRouting();
        app.UseMiddleware<AccessMiddleware>();
        app.UsePages();

        var api = app.MapGroup("/api").RequireKey();
        api.MapSymbols();
        api.MapLatestPrediction();
        api.MapPooledScorecard();
        api.MapEmbeddingIngest();
        api.MapModels();
        api.MapTraining();
        api.MapEvents();
        api.MapStatus();

        var symbol = api.MapGroup("/symbols/{symbol}").AddEndpointFilter<RouteGroupBuilder, KnownSymbolFilter>();
        symbol.MapBars();
        symbol.MapQuality();
        symbol.MapPredictions();
        symbol.MapScorecard();
        symbol.MapEmbeddings();

        app.MapHub<LiveHub>(LiveHub.Path).RequireKey();
        app.MapHealth();
        app.MapApiDocument();
        return app;
    }
}
