using Hts.Artefacts;
using Hts.Objects;
using Hts.Tests.SageMaker;
using Hts.Training;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Training;

public sealed class LocalTrainingBackendTests : IAsyncLifetime
{
    private const string Champion = "model/old/model.tar.gz";
    private SageMakerWorld world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TrainingJob Job => world.Job("local");

    public async ValueTask InitializeAsync()
    {
        world = await SageMakerWorld.Create();
        // Real children on a machine that may be busy.
        world.Schedule.TimeoutSeconds = 600;
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_training_ends_with_a_model_and_the_seconds_it_took()
    {
        await using var backend = world.Local(memoryMegabytes: 4_096);
        (await backend.Start(Job, Token)).State.ShouldBe("running");
        var outcome = await SageMakerWorld.End(backend, Job);
        outcome.State.ShouldBe("completed", outcome.Failure);
        outcome.Cost!.Seconds.ShouldBeGreaterThan(0);
        outcome.Cost.Amount.ShouldBeNull();
        (await backend.Start(Job, Token)).State.ShouldBe("completed");
    }

    [Fact]
    public async Task A_later_attempt_leaves_the_model_of_the_one_before_as_it_was()
    {
        var before = "it may serve already"u8.ToArray();
        await world.Objects.Put(SageMakerWorld.ModelKey, before, PutCondition.None, Token);
        var later = Job with { Name = Job.Name + "-2" };
        await using var backend = world.Local();
        await backend.Start(later, Token);
        var result = (await SageMakerWorld.End(backend, later)).Result.ShouldNotBeNull();

        (await world.Objects.Get(SageMakerWorld.ModelKey, Token))!.Content.ToArray().ShouldBe(before);
        (result.Version, result.Uri).ShouldBe(($"20261127-040000-2-{result.Sha256[..8]}", world.UriOf(result.Version)));
        world.Objects.TryKeyOf(new Uri(result.Uri), out var key).ShouldBeTrue();
        key.ShouldStartWith(Path.GetDirectoryName(SageMakerWorld.ModelKey) + "/");
        ModelArtefact.Sha256((await world.Objects.Get(key, 1 << 24, Token))!.Content.Span).ShouldBe(result.Sha256);
    }

    [Fact]
    public async Task A_later_attempt_that_ends_with_the_same_model_has_it_where_it_is()
    {
        await using var backend = world.Local();
        await backend.Start(Job, Token);
        var first = (await SageMakerWorld.End(backend, Job)).Result.ShouldNotBeNull();
        var later = Job with { Name = Job.Name + "-2" };
        await backend.Start(later, Token);
        var second = (await SageMakerWorld.End(backend, later)).Result.ShouldNotBeNull();
        (second.Uri, second.Sha256).ShouldBe((first.Uri, first.Sha256));
        first.Uri.ShouldBe(world.Objects.UriOf(SageMakerWorld.ModelKey).ToString());
    }

    [Fact]
    public async Task A_serving_model_that_was_overwritten_fails_the_training_with_its_checksum()
    {
        await world.Objects.Put(Champion, "x"u8.ToArray(), PutCondition.None, Token);
        var job = world.Job("local", world.Objects.UriOf(Champion).ToString(), new string('0', 64));
        await using var backend = world.Local();
        await backend.Start(job, Token);
        var outcome = await SageMakerWorld.End(backend, job);
        (outcome.State, outcome.Failure).ShouldBe((
            "failed",
            $"The serving model cannot be read to compare with: The checksum is {ModelArtefact.Sha256("x"u8)}, not {job.ChampionSha256}."));
    }

    [Theory]
    [InlineData("file:///nothing/run_ts=x/there", "There is nothing at file:///nothing/run_ts=x/there.")]
    [InlineData("no address", "Invalid URI")]
    public async Task A_training_that_cannot_begin_has_failed_also_when_that_cannot_be_written_down(string dataSet, string why)
    {
        var job = Job with { TrainUri = dataSet };
        // No file can be put at the place of a folder.
        Directory.CreateDirectory(Path.Combine(world.FolderOf(job), "outcome.json.tmp"));
        await using var backend = world.Local();
        await backend.Start(job, Token);
        var outcome = await SageMakerWorld.End(backend, job);
        outcome.State.ShouldBe("failed");
        outcome.Failure!.ShouldContain(why);
        (await backend.Start(job, Token)).Failure.ShouldBe(outcome.Failure);
        await backend.Stop(job, Token);
        // A start of the program later nothing is known of it: it is trained again.
        await using var next = world.Local();
        (await next.Describe(job, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_log_that_finds_no_room_ends_neither_the_training_nor_this_program()
    {
        Directory.CreateDirectory(world.FolderOf(Job));
        File.CreateSymbolicLink(Path.Combine(world.FolderOf(Job), "train.log"), "/dev/full");
        await using var backend = world.Local();
        await backend.Start(Job, Token);
        var outcome = await SageMakerWorld.End(backend, Job);
        outcome.State.ShouldBe("completed", outcome.Failure);
    }

    [Fact]
    public async Task A_training_that_takes_too_much_memory_is_ended_with_that_reason()
    {
        world.Schedule.Members = ["cond", "mlp"];
        await using var backend = world.Local(memoryMegabytes: 64);
        await backend.Start(Job, Token);
        var outcome = await SageMakerWorld.End(backend, Job);
        (outcome.State, outcome.Failure).ShouldBe(("failed", "needs more than the 64 MB of memory that Training:MemoryMegabytes allows"));
    }

    [Fact]
    public async Task A_training_that_takes_too_long_is_ended_with_that_reason()
    {
        var time = new FakeTimeProvider();
        await using var backend = world.Local(realTime: time);
        await backend.Start(Job, Token);
        // Its child writes there.
        while (!File.Exists(Path.Combine(world.FolderOf(Job), "train.log")))
            await Task.Delay(1, Token);
        time.Advance(TimeSpan.FromSeconds(world.Schedule.TimeoutSeconds));

        (await SageMakerWorld.End(backend, Job)).Failure.ShouldBe("stopped, or longer than 600 s");
    }
}
