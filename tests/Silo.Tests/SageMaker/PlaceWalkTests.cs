using Hts.Postgres;
using Hts.S3Double;
using Hts.S3Double.SageMaker;
using Hts.Tests.Postgres;
using Hts.Training;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Tests.SageMaker;

/// <summary>The way of a run over its places, with the real backends and the real history.</summary>
public sealed class PlaceWalkTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly List<string> warnings = [];
    private SageMakerWorld world = null!;
    private PostgresStore store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        world = await SageMakerWorld.Create();
        store = await PostgresFixture.Open(await postgres.NewDatabase());
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task A_quota_then_missing_capacity_end_in_a_training_on_this_machine()
    {
        world.Server.Training.JobFaults = _ => JobFault.NoCapacity;
        world.Fail("CreateTrainingJob", S3Fault.Refuse(400, "ResourceLimitExceeded", "0 instances of ml.g4dn.xlarge"));
        await using var local = world.Local();
        using var sageMaker = world.Backend();
        var end = await Walk(new TrainingPlaces(sageMaker, local));
        end.State.ShouldBe("evaluating", end.Reason);
        end.Visits.Select(v => (v.Place, v.Submitted)).ShouldBe([(SageMakerWorld.Gpu, false), (SageMakerWorld.Cpu, true), ("local", true)]);
        warnings.ShouldBe(
        [
            "goes on to ml.m5.xlarge: ml.g4dn.xlarge refused it: ResourceLimitExceeded: 0 instances of ml.g4dn.xlarge",
            "goes on to local: ml.m5.xlarge refused it: CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.",
        ]);
    }

    [Fact]
    public async Task A_region_without_the_service_degrades_to_this_machine()
    {
        (world.Options.Endpoint, world.Options.Retries) = ("https://api.sagemaker.nowhere-1.invalid", 0);
        await using var local = world.Local();
        using var sageMaker = world.Backend();
        (await Walk(new TrainingPlaces(sageMaker, local))).State.ShouldBe("evaluating");
        warnings.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_this_machine_in_the_list_all_reasons_are_told()
    {
        world.Fail("CreateTrainingJob", S3Fault.Refuse(403, "AccessDeniedException", "not with this role"), times: 9);
        using var sageMaker = world.Backend();
        var end = await Walk(sageMaker);
        (end.State, end.Reason).ShouldBe(
            ("failed", "ml.g4dn.xlarge: AccessDeniedException: not with this role; ml.m5.xlarge: AccessDeniedException: not with this role"));
    }

    private async Task<PlaceStep> Walk(ITrainingBackend backend)
    {
        PlaceWalk walk = new(backend, store.TrainingRuns, NullLogger<PlaceWalk>.Instance);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        PlaceStep step = new([], "training");
        while (step.State == "training")
        {
            step = await walk.Step(step.Visits, visit => world.Job(visit.Place), limit.Token);
            if (step.Warning is { } warning)
                warnings.Add(warning);
            await Task.Delay(20, limit.Token);
        }
        return step;
    }
}
