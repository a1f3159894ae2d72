using Hts.Access;
using Hts.History;
using Hts.Hosting;
using Hts.Json;
using Hts.OpenApi;
using Hts.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Hts.Models;

/// <summary>The catalogue of models and the pointer to the serving one.</summary>
internal static class ModelRoutes
{
    private const int UsualLimit = 50;

    public static RouteGroupBuilder MapModels(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/models").WithTags("Models");
        group.MapGet("/", List).Describe("listModels", "Lists the models", "Newest first, each with what became of it and why.", 400);
        group.MapGet("/current", Current).Describe("readCurrentModel", "Reads the serving model", "The epoch in force, or the first one to come.", 404);
        group.MapGet("/{version}", Read).Describe("readModel", "Reads one model", "With its metrics and the gate's decision.", 404);
        group.MapPost("/{version}/promote", Promote).RequireAdmin()
            .Describe("promoteModel", "Promotes a model", "The stored version serves from the next free slot on.", 400, 404, 409, 415);
        group.MapPost("/rollback", Rollback).RequireAdmin()
            .Describe("rollbackModel", "Goes back", "Promotes the version that served before the current one.", 400, 409, 415);
        return group;
    }

    private static async Task<Results<Ok<Page<ModelView>>, ProblemHttpResult>> List(
        string? limit, ClusterCalls cluster, IOptions<GatewayOptions> options)
    {
        var check = new RequestCheck();
        var size = check.Limit(limit, UsualLimit, options.Value.MaxItemsPerPage);
        if (check.Failed)
            return check.Problem();
        var models = await cluster.Read(size, static (grains, n) => grains.GetGrain<IHistoryGrain>(0).Models(n));
        return TypedResults.Ok(new Page<ModelView>([.. models.Select(ModelView.From)], null));
    }

    private static async Task<Results<Ok<CurrentModelView>, ProblemHttpResult>> Current(ClusterCalls cluster)
    {
        var epoch = await cluster.Read(0, static (grains, _) => grains.GetGrain<IModelRegistryGrain>(0).Current());
        if (epoch is null)
            return Problem.NoModel();
        var model = await Find(epoch.Version, cluster);
        return TypedResults.Ok(new CurrentModelView(EpochView.From(epoch), model is null ? null : ModelView.From(model)));
    }

    private static async Task<Results<Ok<ModelView>, ProblemHttpResult>> Read(string version, ClusterCalls cluster) =>
        await Find(version, cluster) is { } model ? TypedResults.Ok(ModelView.From(model)) : Problem.UnknownModel(version);

    private static async Task<Results<Ok<EpochView>, ProblemHttpResult>> Promote(
        string version, ReasonRequest request, IGrainFactory grains, ClusterCalls cluster)
    {
        if (request.Check() is { } broken)
            return Problem.Invalid("reason", broken);
        if (await Find(version, cluster) is null)
            return Problem.UnknownModel(version);
        return Answer(await grains.GetGrain<IModelRegistryGrain>(0).Promote(new PromotionMessage(version, request.Reason!)));
    }

    private static async Task<Results<Ok<EpochView>, ProblemHttpResult>> Rollback(ReasonRequest request, IGrainFactory grains) =>
        request.Check() is { } broken
            ? Problem.Invalid("reason", broken)
            : Answer(await grains.GetGrain<IModelRegistryGrain>(0).Rollback(request.Reason!));

    private static Results<Ok<EpochView>, ProblemHttpResult> Answer(PromotionReply reply) =>
        reply.Epoch is { } epoch
            ? TypedResults.Ok(EpochView.From(epoch))
            : Problem.PromotionRefused(reply.Refusal ?? "The registry gave no reason.");

    private static Task<ModelMessage?> Find(string version, ClusterCalls cluster) =>
        cluster.Read(version, static (grains, v) => grains.GetGrain<IHistoryGrain>(0).Model(v));
}
