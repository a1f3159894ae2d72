using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Hts.Artefacts;
using Hts.Objects;
using Hts.S3Double;
using Hts.S3Double.SageMaker;
using Hts.Training;

namespace Hts.Tests.SageMaker;

public sealed class SageMakerTrainingBackendTests : IAsyncLifetime
{
    private SageMakerWorld world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TrainingJob Job => world.Job(SageMakerWorld.Cpu);

    public async ValueTask InitializeAsync() => world = await SageMakerWorld.Create();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_training_goes_from_the_data_set_in_the_bucket_to_a_model_in_it()
    {
        world.Settings["Training__Model__Ridge__InnerShare"] = "0.3";
        using var backend = world.Backend();
        (await backend.Start(Job, Token)).State.ShouldBe("running");
        var outcome = await SageMakerWorld.End(backend, Job);

        outcome.State.ShouldBe("completed", outcome.Failure);
        var result = outcome.Result!;
        var stored = (await world.Objects.Get(SageMakerWorld.ModelKey, 1 << 20, Token))!.Content;
        result.Uri.ShouldBe(world.Objects.UriOf(SageMakerWorld.ModelKey).ToString());
        result.Sha256.ShouldBe(ModelArtefact.Sha256(stored.Span));
        result.Version.ShouldBe($"20261127-040000-{result.Sha256[..8]}");
        result.MeanPct.Length.ShouldBe(6);
        result.Gate.DecidedAt.ShouldBe(SageMakerWorld.RunTs);
        Names(stored).ShouldBe(["./", "./metadata.json", "./model.safetensors"]);
        outcome.Cost!.Amount.ShouldBe(outcome.Cost.Seconds);
        outcome.Cost.Seconds.ShouldBeGreaterThan(0);
        // Any silo can go on: it is found by its name alone, and told again as it was.
        using var another = world.Backend();
        var again = await another.Describe(Job, Token);
        again!.Result!.Sha256.ShouldBe(result.Sha256);
        world.Server.Training.Jobs.Single().Name.ShouldBe("hts-20261127-040000-ml-m5-xlarge");
    }

    [Fact]
    public async Task A_later_attempt_leaves_the_model_of_the_one_before_as_it_was()
    {
        var before = "it may serve already"u8.ToArray();
        await world.Objects.Put(SageMakerWorld.ModelKey, before, PutCondition.None, Token);
        var later = Job with { Name = Job.Name + "-2" };
        using var backend = world.Backend();
        await backend.Start(later, Token);
        var outcome = await SageMakerWorld.End(backend, later);

        var result = outcome.Result.ShouldNotBeNull(outcome.Failure);
        (await world.Objects.Get(SageMakerWorld.ModelKey, Token))!.Content.ToArray().ShouldBe(before);
        result.Uri.ShouldBe(world.UriOf(result.Version));
        ModelArtefact.Sha256((await Model(outcome)).Span).ShouldBe(result.Sha256);
        using var another = world.Backend();
        (await another.Describe(later, Token))!.Result!.Uri.ShouldBe(result.Uri);
    }

    [Fact]
    public async Task The_serving_model_goes_along_to_be_compared_with()
    {
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        var first = (await SageMakerWorld.End(backend, Job)).Result!;
        first.Gate.ChampionVersion.ShouldBeNull();
        var next = world.Job(SageMakerWorld.Gpu, await Repacked(first.Uri));
        (await backend.Start(next, Token)).State.ShouldBe("running");
        var second = await SageMakerWorld.End(backend, next);
        second.State.ShouldBe("completed", second.Failure);
        second.Result!.Gate.ChampionVersion.ShouldBe("old");
        second.Cost!.Amount.ShouldBeNull();
    }

    [Fact]
    public async Task A_serving_model_that_was_overwritten_fails_the_training_with_its_checksum()
    {
        await world.Objects.Put("model/old/model.tar.gz", "x"u8.ToArray(), Hts.Objects.PutCondition.None, Token);
        var job = world.Job(SageMakerWorld.Cpu, world.Objects.UriOf("model/old/model.tar.gz").ToString(), new string('0', 64));
        using var backend = world.Backend();
        await backend.Start(job, Token);
        var outcome = await SageMakerWorld.End(backend, job);
        outcome.State.ShouldBe("failed");
        outcome.Failure!.ShouldContain($"The serving model cannot be read to compare with: The checksum is {ModelArtefact.Sha256("x"u8)}, not {job.ChampionSha256}.");
    }

    [Fact]
    public async Task A_training_that_fails_by_itself_has_failed_everywhere_with_its_own_words()
    {
        world.Schedule.Members = ["cond", "guess"];
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        var outcome = await SageMakerWorld.End(backend, Job);
        outcome.State.ShouldBe("failed");
        outcome.Failure.ShouldBe("AlgorithmError: Members 'cond,guess': one or more of cond, ridge, mlp, trees are allowed, each once. (Parameter 'members'), exit code: 1");
        outcome.Cost!.Amount.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("ResourceLimitExceeded")]
    [InlineData("AccessDeniedException")]
    [InlineData("ValidationException")]
    [InlineData("ThrottlingException")]
    [InlineData("UnknownOperationException")]
    public async Task A_place_that_will_not_take_the_job_refuses_it(string code)
    {
        world.Options.Retries = 1;
        world.Fail("CreateTrainingJob", S3Fault.Refuse(400, code, "not here"), times: 9);
        using var backend = world.Backend();
        var outcome = await backend.Start(Job, Token);
        (outcome.State, outcome.Failure).ShouldBe(("refused", $"{code}: not here"));
        world.Server.Training.Jobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_region_without_the_service_refuses()
    {
        (world.Options.Endpoint, world.Options.Retries) = ("https://api.sagemaker.nowhere-1.invalid", 0);
        using var backend = world.Backend();
        var outcome = await backend.Start(Job, Token);
        outcome.State.ShouldBe("refused");
        outcome.Failure!.ShouldContain("api.sagemaker.nowhere-1.invalid cannot be reached");
    }

    [Fact]
    public async Task Missing_capacity_refuses_after_the_job_was_taken()
    {
        world.Server.Training.JobFaults = _ => JobFault.NoCapacity;
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        var outcome = await SageMakerWorld.End(backend, Job);
        outcome.State.ShouldBe("refused");
        outcome.Failure!.ShouldStartWith("CapacityError: Unable to provision");
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_leaves_one_job_that_is_gone_on_with()
    {
        world.Fail("CreateTrainingJob", S3Fault.LostAnswer);
        using var backend = world.Backend();
        (await backend.Start(Job, Token)).State.ShouldBe("running");
        (await SageMakerWorld.End(backend, Job)).State.ShouldBe("completed");
        world.Server.Training.Jobs.ShouldHaveSingleItem().Starts.ShouldBe(1);
    }

    [Fact]
    public async Task A_start_that_may_have_worked_is_no_refusal_and_may_be_repeated_after_a_crash()
    {
        world.Options.Retries = 0;
        world.Fail("CreateTrainingJob", S3Fault.LostAnswer);
        using (var before = world.Backend())
            await Should.ThrowAsync<Hts.SageMaker.SageMakerUnreachableException>(before.Start(Job, Token));
        using var after = world.Backend();
        (await after.Start(Job, Token)).State.ShouldBe("running");
        (await SageMakerWorld.End(after, Job)).State.ShouldBe("completed");
        world.Server.Training.Jobs.ShouldHaveSingleItem().Starts.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_start_whose_answer_was_lost_is_gone_on_with_though_the_next_one_is_refused(int retries)
    {
        world.Options.Retries = retries;
        world.Server.Training.JobFaults = _ => JobFault.StuckTraining;
        var creates = 0;
        world.Server.Faults = call => call.Operation != "CreateTrainingJob" ? null
            : creates++ == 0 ? S3Fault.LostAnswer : S3Fault.Refuse(400, "ResourceLimitExceeded", "1 instance is in use");
        using var backend = world.Backend();
        if (retries == 0)
            await Should.ThrowAsync<Hts.SageMaker.SageMakerUnreachableException>(backend.Start(Job, Token));
        (await backend.Start(Job, Token)).State.ShouldBe("running");
        (creates, world.Server.Training.Jobs.Count).ShouldBe((2, 1));
    }

    [Fact]
    public async Task A_name_that_another_training_took_is_refused()
    {
        world.Server.Training.JobFaults = _ => JobFault.StuckStarting;
        using var backend = world.Backend();
        await backend.Start(Job with { TrainUri = "s3://hts/some/prefix/train/run_ts=2025-01-01T00:00:00Z/train.parquet" }, Token);
        var outcome = await backend.Start(Job, Token);
        outcome.State.ShouldBe("refused");
        outcome.Failure!.ShouldContain("run_ts=2025-01-01");
    }

    [Theory]
    [InlineData(JobFault.StuckStarting, "refused", "stopped before it began")]
    [InlineData(JobFault.StuckTraining, "failed", "longer than 600 s")]
    public async Task A_job_that_hangs_is_stopped(JobFault fault, string state, string why)
    {
        world.Server.Training.JobFaults = _ => fault;
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        (await backend.Describe(Job, Token))!.State.ShouldBe("running");
        world.Ahead = TimeSpan.FromSeconds(601);
        var outcome = await SageMakerWorld.End(backend, Job);
        outcome.State.ShouldBe(state);
        outcome.Failure!.ShouldContain(why);
        world.Server.Training.Jobs.Single().Status.ShouldBe("Stopped");
    }

    [Fact]
    public async Task A_job_that_waited_for_its_machine_may_train_as_long_as_one_that_did_not()
    {
        world.Server.Training.JobFaults = _ => JobFault.StuckStarting;
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        var job = world.Server.Training.Jobs.Single();
        world.Ahead = TimeSpan.FromSeconds(500);
        world.Server.Training.Begin(job);

        world.Ahead = TimeSpan.FromSeconds(1_000);
        using var another = world.Backend();
        (await another.Describe(Job, Token))!.State.ShouldBe("running");
        job.Status.ShouldBe("InProgress");

        world.Ahead = TimeSpan.FromSeconds(1_101);
        var outcome = await SageMakerWorld.End(backend, Job);
        (outcome.State, outcome.Failure).ShouldBe(("failed", "stopped, or longer than 600 s"));
    }

    [Fact]
    public async Task A_job_that_does_not_even_stop_is_given_up()
    {
        world.Server.Training.JobFaults = _ => JobFault.Unstoppable;
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        world.Ahead = TimeSpan.FromSeconds(601);
        (await backend.Describe(Job, Token))!.State.ShouldBe("running");
        world.Ahead = TimeSpan.FromSeconds(902);
        var outcome = await SageMakerWorld.End(backend, Job);
        (outcome.State, outcome.Failure).ShouldBe(("refused", "Stopping (Stopping) for longer than 600 s, and does not stop"));
    }

    [Fact]
    public async Task A_stop_ends_a_running_job_and_is_harmless_without_one()
    {
        world.Server.Training.JobFaults = _ => JobFault.StuckTraining;
        using var backend = world.Backend();
        await backend.Stop(Job, Token);
        await backend.Start(Job, Token);
        await backend.Stop(Job, Token);
        (await SageMakerWorld.End(backend, Job)).Failure!.ShouldStartWith("stopped");
        await backend.Stop(Job, Token);
    }

    [Fact]
    public async Task A_stop_reaches_the_training_itself()
    {
        TakeLong();
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        Task? stop = null;
        var outcome = await SageMakerWorld.End(backend, Job, () =>
        {
            if (stop is null && world.Server.Training.Jobs.Single().SecondaryStatus == "Training")
                stop = backend.Stop(Job, Token);
        });
        await stop.ShouldNotBeNull();
        (outcome.State, outcome.Failure).ShouldBe(("failed", "stopped, or longer than 600 s"));
        outcome.Cost.ShouldNotBeNull();
        world.Stored.Keys.ShouldNotContain($"some/prefix/{SageMakerWorld.ModelKey}");
    }

    [Fact]
    public async Task A_training_beyond_its_longest_time_fails_with_that_reason()
    {
        TakeLong();
        world.Options.MaxRuntimeSeconds = 1;
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        var outcome = await SageMakerWorld.End(backend, Job);
        (outcome.State, outcome.Failure).ShouldBe(("failed", "longer than 1 s"));
    }

    [Fact]
    public async Task Each_setting_reaches_the_job()
    {
        var options = world.Options;
        (options.VolumeGigabytes, options.Spot, options.MaxRuntimeSeconds, options.MaxWaitSeconds) = (33, true, 100, 200);
        (options.SubnetIds, options.SecurityGroupIds) = (["subnet-1", "subnet-2"], ["sg-1"]);
        options.Tags["team"] = "alpha";
        options.Environment["Training__Model__Coverage"] = "0.8";
        world.Settings["Training__Model__Coverage"] = "0.9";
        world.Settings["Training__Model__MinRows"] = "200";
        world.Server.Training.JobFaults = _ => JobFault.StuckStarting;
        using var backend = world.Backend();
        await backend.Start(world.Job(SageMakerWorld.Cpu, "s3://hts/some/prefix/model/old/model.tar.gz", "00ff"), Token);
        const string Run = "s3://hts/some/prefix/model/run_ts=2026-11-27T04:00:00Z";
        JsonNode.DeepEquals(world.Server.Training.Jobs.Single().Request, JsonNode.Parse(
            """
            {"TrainingJobName":"hts-20261127-040000-ml-m5-xlarge",
             "AlgorithmSpecification":{"TrainingImage":"registry/hts:1","TrainingInputMode":"File"},
             "RoleArn":"arn:aws:iam::000000000000:role/hts",
             "InputDataConfig":[
              {"ChannelName":"train","DataSource":{"S3DataSource":{"S3DataType":"S3Prefix",
               "S3Uri":"s3://hts/some/prefix/train/run_ts=2026-11-27T04:00:00Z/","S3DataDistributionType":"FullyReplicated"}}},
              {"ChannelName":"champion","DataSource":{"S3DataSource":{"S3DataType":"S3Prefix",
               "S3Uri":"s3://hts/some/prefix/model/old/model.tar.gz","S3DataDistributionType":"FullyReplicated"}}}],
             "OutputDataConfig":{"S3OutputPath":"RUN/jobs"},
             "ResourceConfig":{"InstanceType":"ml.m5.xlarge","InstanceCount":1,"VolumeSizeInGB":33},
             "StoppingCondition":{"MaxRuntimeInSeconds":100,"MaxWaitTimeInSeconds":200},
             "HyperParameters":{"seed":"7","members":"cond,ridge","first_model_days":"28","champion_sha256":"00ff"},
             "Environment":{"Training__Model__Coverage":"0.8","Training__Model__MinRows":"200"},
             "VpcConfig":{"SecurityGroupIds":["sg-1"],"Subnets":["subnet-1","subnet-2"]},
             "Tags":[{"Key":"team","Value":"alpha"}],
             "EnableManagedSpotTraining":true,
             "CheckpointConfig":{"S3Uri":"RUN/checkpoints","LocalPath":"/opt/ml/checkpoints"}}
            """.Replace("RUN", Run, StringComparison.Ordinal))).ShouldBeTrue(world.Server.Training.Jobs.Single().Request.ToJsonString());
    }

    [Fact]
    public async Task A_warm_machine_is_asked_for()
    {
        world.Options.KeepAliveSeconds = 600;
        world.Server.Training.JobFaults = _ => JobFault.StuckStarting;
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        world.Server.Training.Jobs.Single().Text("ResourceConfig", "KeepAlivePeriodInSeconds").ShouldBe("600");
    }

    [Theory]
    [InlineData("DescribeTrainingJob")]
    [InlineData("GetObject")]
    public async Task A_service_that_is_away_for_a_while_does_not_end_a_job_that_goes_on(string operation)
    {
        world.Options.Retries = 0;
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        world.Fail(operation, S3Fault.SlowDown, times: 12);
        (await SageMakerWorld.End(backend, Job)).State.ShouldBe("completed");
    }

    [Theory]
    [InlineData("DescribeTrainingJob", "ExpiredToken")]
    [InlineData("DescribeTrainingJob", "ExpiredTokenException")]
    [InlineData("GetObject", "ExpiredToken")]
    public async Task Credentials_that_have_expired_do_not_end_a_job_that_goes_on_or_has_completed(string operation, string code)
    {
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        world.Fail(operation, S3Fault.Refuse(400, code), times: 12);
        (await SageMakerWorld.End(backend, Job)).State.ShouldBe("completed");
        world.Server.Training.Jobs.ShouldHaveSingleItem().Starts.ShouldBe(1);
    }

    [Fact]
    public async Task Credentials_that_are_missing_for_a_while_do_not_end_a_job_that_goes_on()
    {
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        var (found, missing) = (world.Credentials, 3);
        world.Credentials = () => missing-- > 0 ? throw new Amazon.Runtime.AmazonClientException("none were found") : found();
        using var another = world.Backend();
        (await another.Describe(Job, Token))!.State.ShouldBe("running");
        (await SageMakerWorld.End(another, Job)).State.ShouldBe("completed");
        missing.ShouldBeLessThan(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_that_may_not_be_looked_at_is_stopped_and_another_place_has_to_do_it(bool stopIsDeniedToo)
    {
        world.Server.Training.JobFaults = _ => JobFault.StuckTraining;
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        world.Server.Faults = call => call.Operation == "DescribeTrainingJob" || (stopIsDeniedToo && call.Operation == "StopTrainingJob")
            ? S3Fault.Refuse(400, "AccessDeniedException", "not with this role") : null;
        var outcome = await SageMakerWorld.End(backend, Job);
        (outcome.State, outcome.Failure).ShouldBe(("refused", "AccessDeniedException: not with this role"));
        (world.Server.Training.Jobs.Single().Status == "InProgress").ShouldBe(stopIsDeniedToo);
    }

    [Fact]
    public async Task A_service_that_stays_away_is_told()
    {
        world.Schedule.TimeoutSeconds = 1;
        world.Options.Retries = 0;
        world.Server.Training.JobFaults = _ => JobFault.StuckTraining;
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        world.Server.Faults = _ => S3Fault.SlowDown;
        await Should.ThrowAsync<Hts.SageMaker.ThrottlingException>(SageMakerWorld.End(backend, Job));
    }

    [Fact]
    public async Task A_job_that_nobody_knows_is_null()
    {
        using var backend = world.Backend();
        (await backend.Describe(Job, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_report_that_is_cut_short_fails_with_that_reason()
    {
        world.Server.Training.JobFaults = _ => JobFault.TornOutput;
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        var outcome = await SageMakerWorld.End(backend, Job);
        outcome.State.ShouldBe("failed");
        outcome.Failure!.ShouldContain("its report is damaged");
    }

    [Fact]
    public async Task Passing_faults_of_both_services_on_the_way_change_nothing()
    {
        var calls = 0;
        S3Fault[] faults = [S3Fault.SlowDown, S3Fault.LostAnswer, S3Fault.TornAnswer, S3Fault.Refuse(500, "InternalError"), S3Fault.LostRequest];
        world.Server.Faults = _ => Interlocked.Increment(ref calls) is var call && call % 3 == 1 ? faults[call / 3 % faults.Length] : null;
        world.Options.Retries = 6;
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        (await SageMakerWorld.End(backend, Job)).State.ShouldBe("completed");
        world.Server.Training.Jobs.ShouldHaveSingleItem().Starts.ShouldBe(1);
    }

    [Fact]
    public async Task A_spot_machine_that_is_taken_away_changes_nothing_in_the_model()
    {
        world.Schedule.Members = ["cond", "ridge", "mlp"];
        world.Settings["Training__Model__Mlp__Patience"] = "60";
        (world.Options.Spot, world.Options.MaxWaitSeconds) = (true, 600);
        using var backend = world.Backend();
        await backend.Start(Job, Token);
        var job = world.Server.Training.Jobs.Single();
        var interrupted = false;
        var outcome = await SageMakerWorld.End(backend, Job, () =>
        {
            if (interrupted || job.SecondaryStatus != "Training")
                return;
            TrainingCalls.Interrupt(job);
            interrupted = true;
        });
        outcome.State.ShouldBe("completed", outcome.Failure);
        job.Starts.ShouldBe(2);
        var undisturbed = world.Job(SageMakerWorld.Gpu);
        await backend.Start(undisturbed, Token);
        Content((await world.Objects.Get(SageMakerWorld.ModelKey, 1 << 24, Token))!.Content)
            .ShouldBe(Content(await Model(await SageMakerWorld.End(backend, undisturbed))));
        world.Stored.Keys.ShouldContain(k => k.Contains("/checkpoints/mlp-first-", StringComparison.Ordinal));
    }

    private void TakeLong()
    {
        world.Schedule.Members = ["mlp"];
        world.Settings["Training__Model__Mlp__Patience"] = "1000";
        world.Settings["Training__Model__Mlp__MaxEpochs"] = "10000";
    }

    private async Task<ReadOnlyMemory<byte>> Model(TrainingOutcome outcome)
    {
        outcome.State.ShouldBe("completed", outcome.Failure);
        world.Objects.TryKeyOf(new Uri(outcome.Result!.Uri), out var key).ShouldBeTrue();
        return (await world.Objects.Get(key, 1 << 24, Token))!.Content;
    }

    // As an artefact of the product's own stands in the bucket.
    private async Task<string> Repacked(string uri)
    {
        world.Objects.TryKeyOf(new Uri(uri), out var key).ShouldBeTrue();
        var files = Files((await world.Objects.Get(key, 1 << 24, Token))!.Content);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (name, content) in files.Where(f => f.Name != "./"))
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name[2..]) { DataStream = new MemoryStream(content) });
        }
        await world.Objects.Put("model/old/model.tar.gz", packed.ToArray(), Hts.Objects.PutCondition.None, Token);
        return world.Objects.UriOf("model/old/model.tar.gz").ToString();
    }

    private static string[] Names(ReadOnlyMemory<byte> packed) => [.. Files(packed).Select(f => f.Name)];

    private static string Content(ReadOnlyMemory<byte> packed) =>
        string.Join(' ', Files(packed).Select(f => $"{f.Name} {ModelArtefact.Sha256(f.Content)}"));

    private static List<(string Name, byte[] Content)> Files(ReadOnlyMemory<byte> packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        List<(string, byte[])> files = [];
        while (tar.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            files.Add((entry.Name, content.ToArray()));
        }
        return files;
    }
}
