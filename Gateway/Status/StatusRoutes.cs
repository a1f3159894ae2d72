using Hts.Live;
using Hts.OpenApi;
using Hts.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hts.Status;

/// <summary>Facts of the system, and health for whoever supervises the process.</summary>
internal static class StatusRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapStatus(this IEndpointRouteBuilder api) =>
        api.MapGet("/status", Read).WithTags("System").Describe("readStatus", "Reads the system's facts", "The market's clock and speed, lengths of bar and slot, the strategies in order.");

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", static () => TypedResults.Ok(new HealthView("ok"))).WithTags("System")
            .WithName("readHealth").WithSummary("Says that the process lives").WithDescription("Asks nothing of the cluster.");
        app.MapGet("/readyz", Ready).WithTags("System")
            .WithName("readReadiness").WithSummary("Says whether the cluster answers").WithDescription("503 until it does within two seconds.").ProducesProblem(503);
    }

    private static async Task<Ok<StatusView>> Read(MarketTime market, LiveClients live)
    {
        var facts = await market.Ask();
        return TypedResults.Ok(StatusView.From(facts, live.Stream, live.Seq));
    }

    private static async Task<Results<Ok<HealthView>, ProblemHttpResult>> Ready(MarketTime market, TimeProvider time, HttpContext context)
    {
        try
        {
            await market.Ask().WaitAsync(Patience, time, context.RequestAborted);
            return TypedResults.Ok(new HealthView("ready"));
        }
        catch (Exception e) when (ClusterFaults.Describe(e) is not null)
        {
            context.Response.Headers.RetryAfter = "1";
            return Problem.ClusterUnavailable(ClusterFaults.Describe(e)!);
        }
    }
}
