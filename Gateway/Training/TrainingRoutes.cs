using Hts.Access;
using Hts.History;
using Hts.Hosting;
using Hts.Json;
using Hts.Models;
using Hts.OpenApi;
using Hts.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Hts.Training;

/// <summary>State and history of the training, and a run on demand.</summary>
internal static class TrainingRoutes
{
    private const int UsualLimit = 50;

    public static RouteGroupBuilder MapTraining(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/training").WithTags("Training");
        group.MapGet("/", Read).Describe("readTraining", "Reads the training", "What it is doing now, and its runs, newest first.", 400);
        group.MapPost("/run", Run).RequireAdmin()
            .Describe("startTraining", "Trains now", "Starts a run unless one is under way; answers the state after that.", 400, 415)
            .Produces<TrainingStateView>(202);
        return group;
    }

    private static async Task<Results<Ok<TrainingView>, ProblemHttpResult>> Read(
        string? limit, string? cursor, ClusterCalls cluster, IOptions<GatewayOptions> options)
    {
        var check = new RequestCheck();
        var size = check.Limit(limit, UsualLimit, options.Value.MaxItemsPerPage);
        var place = check.Place(cursor);
        if (check.Failed)
            return check.Problem();
        var state = cluster.Read(0, static (grains, _) => grains.GetGrain<ITrainingGrain>(0).State());
        var runs = await cluster.Read((place, size), static (grains, q) => q.place is { } last
            ? grains.GetGrain<IHistoryGrain>(0).TrainingRunsAfter(last.Ts, last.Name, q.size + 1)
            : grains.GetGrain<IHistoryGrain>(0).TrainingRuns(q.size + 1));
        var next = runs.Count > size ? new PlaceCursor(runs[size - 1].StartedAt, runs[size - 1].JobName).ToString() : null;
        return TypedResults.Ok(new TrainingView(TrainingStateView.From(await state), [.. runs.Take(size).Select(TrainingRunView.From)], next));
    }

    private static async Task<Results<Accepted<TrainingStateView>, ProblemHttpResult>> Run(TrainingRequest? request, IGrainFactory grains)
    {
        var reason = string.IsNullOrWhiteSpace(request?.Reason) ? "asked for by REST" : request.Reason;
        if (new ReasonRequest(reason).Check() is { } broken)
            return Problem.Invalid("reason", broken);
        var state = await grains.GetGrain<ITrainingGrain>(0).Run(reason);
        return TypedResults.Accepted("/api/training", TrainingStateView.From(state));
    }
}
