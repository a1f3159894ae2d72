using System.Globalization;
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
        group.MapGet("/current", Current).Describe(
            "readCurrentModel", "Reads the serving model", "The epoch in force, or the first one to come, with the pin that holds it.", 404);
        group.MapGet("/history", History).Describe(
            "readModelHistory", "Reads who moved the serving model", "Every promotion, rollback, pin and change by another writer, newest first.", 400);
        group.MapGet("/{version}", Read).Describe("readModel", "Reads one model", "With its metrics and the gate's decision.", 404);
        group.MapPost("/{version}/promote", Promote).RequireAdmin()
            .Describe("promoteModel", "Promotes a model", "The stored version serves from the next free slot on.", 400, 404, 409, 415);
        group.MapPost("/rollback", Rollback).RequireAdmin()
            .Describe("rollbackModel", "Goes back", "Promotes the version that served before the current one.", 400, 409, 415);
        group.MapPost("/{version}/pin", Pin).RequireAdmin().Describe(
            "pinModel", "Pins a model", "The stored version serves, from the next free slot on when another one does, until it is unpinned: trainings, "
            + "promotions, rollbacks and other writers are refused meanwhile. Another pin takes its place.", 400, 404, 409, 415);
        group.MapPost("/unpin", Unpin).RequireAdmin()
            .Describe("unpinModel", "Takes the pin away", "What serves goes on until it is replaced.", 400, 409, 415);
        return group;
    }

    private static async Task<Results<Ok<Page<ModelView>>, ProblemHttpResult>> List(
        string? limit, string? cursor, ClusterCalls cluster, IOptions<GatewayOptions> options)
    {
        var check = new RequestCheck();
        var size = check.Limit(limit, UsualLimit, options.Value.MaxItemsPerPage);
        var place = check.Place(cursor);
        if (check.Failed)
            return check.Problem();
        var models = await cluster.Read((place, size), static (grains, q) => q.place is { } last
            ? grains.GetGrain<IHistoryGrain>(0).ModelsAfter(last.Ts, last.Name, q.size + 1)
            : grains.GetGrain<IHistoryGrain>(0).Models(q.size + 1));
        var next = models.Count > size ? new PlaceCursor(models[size - 1].CreatedAt, models[size - 1].Version).ToString() : null;
        return TypedResults.Ok(new Page<ModelView>([.. models.Take(size).Select(ModelView.From)], next));
    }

    private static async Task<Results<Ok<CurrentModelView>, ProblemHttpResult>> Current(ClusterCalls cluster)
    {
        var state = await cluster.Read(0, static (grains, _) => grains.GetGrain<IModelRegistryGrain>(0).State());
        if (state.Epoch is not { } epoch)
            return Problem.NoModel();
        var model = await Find(epoch.Version, cluster);
        return TypedResults.Ok(new CurrentModelView(
            EpochView.From(epoch), model is null ? null : ModelView.From(model), state.Pin is { } pin ? PinView.From(pin) : null, state.PointerProblem));
    }

    private static async Task<Results<Ok<Page<ModelMoveView>>, ProblemHttpResult>> History(
        string? limit, string? cursor, ClusterCalls cluster, IOptions<GatewayOptions> options)
    {
        var check = new RequestCheck();
        var size = check.Limit(limit, UsualLimit, options.Value.MaxItemsPerPage);
        var before = check.Cursor(cursor) ?? long.MaxValue;
        if (check.Failed)
            return check.Problem();
        var moves = await cluster.Read((before, size), static (grains, q) => grains.GetGrain<IHistoryGrain>(0).ModelMoves(q.before, q.size + 1));
        var next = moves.Count > size ? moves[size - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new Page<ModelMoveView>([.. moves.Take(size).Select(ModelMoveView.From)], next));
    }

    private static async Task<Results<Ok<ModelView>, ProblemHttpResult>> Read(string version, ClusterCalls cluster) =>
        await Find(version, cluster) is { } model ? TypedResults.Ok(ModelView.From(model)) : Problem.UnknownModel(version);

    private static Task<Results<Ok<EpochView>, ProblemHttpResult>> Promote(
        string version, ReasonRequest request, HttpContext context, IGrainFactory grains, ClusterCalls cluster) =>
        Move(version, request, context, cluster, order => grains.GetGrain<IModelRegistryGrain>(0).Promote(order));

    private static Task<Results<Ok<EpochView>, ProblemHttpResult>> Pin(
        string version, ReasonRequest request, HttpContext context, IGrainFactory grains, ClusterCalls cluster) =>
        Move(version, request, context, cluster, order => grains.GetGrain<IModelRegistryGrain>(0).Pin(order));

    private static async Task<Results<Ok<EpochView>, ProblemHttpResult>> Move(
        string version, ReasonRequest request, HttpContext context, ClusterCalls cluster, Func<PromotionMessage, Task<PromotionReply>> move)
    {
        if (request.Check() is { } broken)
            return Problem.Invalid("reason", broken);
        if (await Find(version, cluster) is null)
            return Problem.UnknownModel(version);
        return Answer(await move(new PromotionMessage(version, request.Reason!, Mover.Of(context))));
    }

    private static async Task<Results<Ok<EpochView>, ProblemHttpResult>> Rollback(ReasonRequest request, HttpContext context, IGrainFactory grains) =>
        request.Check() is { } broken
            ? Problem.Invalid("reason", broken)
            : Answer(await grains.GetGrain<IModelRegistryGrain>(0).Rollback(request.Reason!, Mover.Of(context)));

    private static async Task<Results<Ok<EpochView>, ProblemHttpResult>> Unpin(ReasonRequest request, HttpContext context, IGrainFactory grains) =>
        request.Check() is { } broken
            ? Problem.Invalid("reason", broken)
            : Answer(await grains.GetGrain<IModelRegistryGrain>(0).Unpin(request.Reason!, Mover.Of(context)));

    private static Results<Ok<EpochView>, ProblemHttpResult> Answer(PromotionReply reply) =>
        reply.Epoch is { } epoch
            ? TypedResults.Ok(EpochView.From(epoch))
            : Problem.PromotionRefused(reply.Refusal ?? "The registry gave no reason.");

    private static Task<ModelMessage?> Find(string version, ClusterCalls cluster) =>
        cluster.Read(version, static (grains, v) => grains.GetGrain<IHistoryGrain>(0).Model(v));
}
