using Hts.Gates;
using Hts.Models;
using Hts.Objects;
using Hts.Tests.Cluster;
using Hts.Training;
using Orleans.Serialization;

namespace Hts.Tests.Training;

public sealed partial class TrainingGrainTests(TestSilo silo) : IClassFixture<TestSilo>, IAsyncLifetime
{
    private const string Hourly = "hourly";
    private const long Hour = 3_600_000;
    private static readonly TimeSpan RealStep = TimeSpan.FromMilliseconds(5);
    private static int tests;

    // Each test has a grain of its own and begins two days later.
    private readonly int number = Interlocked.Increment(ref tests);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ITrainingGrain Trainer => silo.Grains.GetGrain<ITrainingGrain>(number);

    private long Now => Worlds.Start + (number * 48 * Hour);

    private static string JobAt(long ts) => "hts-" + DateTimeOffset.FromUnixTimeMilliseconds(ts).ToString("yyyyMMdd-HHmmss");

    public ValueTask InitializeAsync()
    {
        silo.GoTo(Now);
        silo.Training.Rows = 1_000;
        silo.Training.Leak = null;
        silo.Training.Places = ["here"];
        silo.Training.Ends = _ => TrainingOutcome.Running;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        silo.Training.Prepares.Clear();
        silo.Training.Starts.Clear();
        silo.Training.Describes.Clear();
        silo.Objects.IsAway = false;
        silo.Models.Writes.Clear();
        silo.Runs.Writes.Clear();
        silo.Training.Ends = _ => TrainingOutcome.Running;
        // A run that was left under way must not come back in the midst of another test.
        silo.Leave(Trainer);
        await silo.End(Trainer);
    }

    [Fact]
    public async Task A_training_starts_once_an_hour_however_often_and_late_it_is_reminded()
    {
        silo.Training.Rows = 1;
        for (var hour = 0; hour < 3; hour++)
        {
            foreach (var minutes in new[] { 0, 15, 30, 55 })
            {
                silo.GoTo(Now + (hour * Hour) + (minutes * 60_000));
                await TestSilo.Remind(Trainer, Hourly);
                await Ended();
            }
        }
        MyPrepared.Select(p => p.RunTs).ShouldBe([Now, Now + Hour, Now + (2 * Hour)]);
    }

    [Fact]
    public async Task A_reminder_a_little_early_means_the_hour_that_it_is_early_for()
    {
        silo.Training.Rows = 1;
        silo.GoTo(Now + Hour - 1_500);
        await TestSilo.Remind(Trainer, Hourly);
        await Ended();
        silo.GoTo(Now + Hour + (10 * 60_000));
        await TestSilo.Remind(Trainer, Hourly);
        await Ended();
        MyPrepared.ShouldHaveSingleItem().RunTs.ShouldBe(Now + Hour);
    }

    [Fact]
    public async Task A_run_goes_from_data_to_a_promoted_model()
    {
        await Completes(promote: true);
        await Trainer.Run("test");
        var state = await Ended();
        (state.State, state.JobName).ShouldBe(("promoted", JobAt(Now)));
        var row = await Model();
        (row.State, row.JobName).ShouldBe(("champion", state.JobName));
        (await silo.Grains.GetGrain<IModelRegistryGrain>(0).Current()).ShouldNotBeNull();
        var run = (await silo.Store.TrainingRuns.List(100, Token)).Single(r => r.JobName == state.JobName);
        (run.State, run.ModelVersion, run.Rows, run.FinishedAt is not null).ShouldBe(("promoted", Version, 1_000, true));
    }

    [Fact]
    public async Task A_run_that_passes_the_gate_while_another_model_is_pinned_is_rejected_with_the_pin()
    {
        var registry = silo.Grains.GetGrain<IModelRegistryGrain>(0);
        await silo.AddModel($"held{number}", "good");
        (await registry.Pin(new PromotionMessage($"held{number}", "hold", "ops"))).Refusal.ShouldBeNull();
        await Completes(promote: true);
        await Trainer.Run("test");
        var state = await Ended();
        (state.State, state.Reason).ShouldBe(("rejected", $"pinned to held{number} by ops (hold)"));
        (await registry.Unpin("done", "ops")).Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData("preparing")]
    [InlineData("training")]
    [InlineData("evaluating")]
    public async Task A_crash_in_any_state_is_resumed_with_the_same_job(string step)
    {
        await Completes(promote: true);
        if (step == "preparing")
            silo.Training.Prepares.Refuse();
        if (step == "training")
            silo.Training.Ends = _ => TrainingOutcome.Running;
        if (step == "evaluating")
            silo.Models.Writes.Refuse();
        await Trainer.Run("test");
        await Until(s => s.State == step && Faults == 0 && (step != "training" || MyStarted.Count > 0), $"the {step} state");
        await silo.End(Trainer);
        if (step == "training")
            silo.Training.End(JobAt(Now), await Outcome(promote: true));
        // How far the waiting moved the clock depends on the machine's load.
        silo.Time.Advance(TimeSpan.FromMinutes(10));
        var state = await Ended();
        (state.State, state.JobName).ShouldBe(("promoted", JobAt(Now)));
        MyStarted.ShouldHaveSingleItem().Name.ShouldBe(JobAt(Now));
        (await Model()).State.ShouldBe("champion");
    }

    [Fact]
    public async Task A_job_carries_address_and_checksum_of_the_model_to_compare_with()
    {
        var registry = silo.Grains.GetGrain<IModelRegistryGrain>(0);
        await silo.AddModel($"served{number}", "good");
        (await registry.Promote(new PromotionMessage($"served{number}", "by hand", "ops"))).Refusal.ShouldBeNull();
        await Trainer.Run("test");
        await Until(_ => MyStarted.Count == 1, "the training");
        var served = (await registry.State()).Newest!;
        var job = MyStarted.Single();
        (job.ChampionVersion, job.ChampionUri, job.ChampionSha256).ShouldBe((served.Version, served.Uri, served.Sha256));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_result_that_went_with_its_silo_is_trained_again_under_the_same_name(bool promote)
    {
        await Completes(promote);
        silo.Models.Writes.Refuse();
        await Trainer.Run("test");
        await Until(s => s.State == "evaluating" && Faults == 0, "the evaluation");
        await silo.End(Trainer);
        silo.Training.Forget(JobAt(Now));
        silo.Time.Advance(TimeSpan.FromMinutes(10));
        var state = await Ended();
        (state.State, state.JobName).ShouldBe((promote ? "promoted" : "rejected", JobAt(Now)));
        MyStarted.Count.ShouldBe(2);
        (await Runs()).ShouldHaveSingleItem().State.ShouldBe(state.State);
        (await Warnings()).ShouldBe([$"{JobAt(Now)} is trained again: here does not know of it any more"]);
    }

    [Fact]
    public async Task A_failing_step_is_tried_again_and_may_recover()
    {
        await Completes(promote: true);
        silo.Training.Prepares.Refuse(2);
        silo.Training.Starts.LoseAnswer(2);
        await Trainer.Run("test");
        (await Ended()).State.ShouldBe("promoted");
        MyStarted.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_step_that_fails_for_good_ends_the_run_with_its_reason()
    {
        silo.Training.Prepares.Refuse(100);
        await Trainer.Run("test");
        var state = await Ended();
        state.State.ShouldBe("failed");
        state.Reason.ShouldContain("preparing: the store is away");
        (await silo.Store.TrainingRuns.List(100, Token)).Single(r => r.JobName == state.JobName).Reason.ShouldBe(state.Reason);
    }

    [Fact]
    public async Task A_backend_that_fails_ends_the_run_with_its_reason()
    {
        silo.Training.Ends = _ => TrainingOutcome.Failed("out of memory");
        await Trainer.Run("test");
        var state = await Ended();
        (state.State, state.Reason).ShouldBe(("failed", "out of memory"));
    }

    [Fact]
    public async Task A_place_that_refuses_is_left_for_the_next_one_with_a_warning()
    {
        var good = await Outcome(promote: true);
        silo.Training.Places = ["ml.g4dn.xlarge", "ml.m5.xlarge", "local"];
        silo.Training.Ends = job => job.Place switch
        {
            "ml.g4dn.xlarge" => TrainingOutcome.Refused("ResourceLimitExceeded: none left"),
            "ml.m5.xlarge" => TrainingOutcome.Refused("CapacityError", new TrainingCost(30, 0.5)),
            _ => good with { Cost = new TrainingCost(12, null) },
        };
        await Trainer.Run("test");
        (await Ended()).State.ShouldBe("promoted");
        MyStarted.Select(j => j.Place).ShouldBe(["ml.g4dn.xlarge", "ml.m5.xlarge", "local"]);
        var run = await Run();
        (run.Place, run.BillableSeconds, run.Cost).ShouldBe(("local", 42, 0.5));
        (await Warnings()).ShouldBe(
        [
            $"{JobAt(Now)} goes on to ml.m5.xlarge: ml.g4dn.xlarge refused it: ResourceLimitExceeded: none left",
            $"{JobAt(Now)} goes on to local: ml.m5.xlarge refused it: CapacityError",
        ]);
    }

    [Fact]
    public async Task A_run_that_every_place_refuses_fails_with_all_reasons()
    {
        silo.Training.Places = ["ml.m5.xlarge", "local"];
        silo.Training.Ends = job => TrainingOutcome.Refused($"no room at {job.Place}");
        await Trainer.Run("test");
        var state = await Ended();
        (state.State, state.Reason).ShouldBe(("failed", "ml.m5.xlarge: no room at ml.m5.xlarge; local: no room at local"));
    }

    [Fact]
    public async Task A_failed_training_is_not_carried_to_another_place()
    {
        silo.Training.Places = ["ml.m5.xlarge", "local"];
        silo.Training.Ends = _ => TrainingOutcome.Failed("2 rows are not enough", new TrainingCost(60, 0.25));
        await Trainer.Run("test");
        (await Ended()).Reason.ShouldBe("2 rows are not enough");
        MyStarted.ShouldHaveSingleItem();
        (await Run()).Cost.ShouldBe(0.25);
    }

    [Fact]
    public async Task A_crash_at_the_second_place_resumes_there_with_the_job_that_runs()
    {
        silo.Training.Places = ["ml.m5.xlarge", "local"];
        silo.Training.Ends = job => job.Place == "local" ? TrainingOutcome.Running : TrainingOutcome.Refused("full");
        await Trainer.Run("test");
        await Until(_ => MyStarted.Count == 2, "the second place");
        await silo.End(Trainer);
        silo.Training.Places = ["local", "ml.m5.xlarge"];
        silo.Training.End(JobAt(Now), await Outcome(promote: true));
        silo.Time.Advance(TimeSpan.FromMinutes(10));
        (await Ended()).State.ShouldBe("promoted");
        MyStarted.Count.ShouldBe(2);
        (await Warnings()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_move_that_could_not_be_stored_is_made_again_and_told_once()
    {
        var good = await Outcome(promote: true);
        silo.Training.Places = ["ml.m5.xlarge", "local"];
        silo.Training.Ends = job =>
        {
            if (job.Place == "local")
                return good;
            silo.Runs.Writes.Refuse(2);
            return TrainingOutcome.Refused("full");
        };
        await Trainer.Run("test");
        (await Ended()).State.ShouldBe("promoted");
        MyStarted.Select(j => j.Place).ShouldBe(["ml.m5.xlarge", "local"]);
        (await Warnings()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_place_that_is_configured_no_longer_is_left()
    {
        silo.Training.Places = ["ml.m5.xlarge", "local"];
        await Trainer.Run("test");
        await Until(_ => MyStarted.Count == 1, "the first place");
        var good = await Outcome(promote: true);
        (silo.Training.Places, silo.Training.Ends) = (["local"], _ => good);
        (await Ended()).State.ShouldBe("promoted");
        (await Warnings()).ShouldBe([$"{JobAt(Now)} goes on to local: ml.m5.xlarge refused it: it is no longer configured"]);
    }

    [Fact]
    public async Task Earlier_runs_at_a_place_tell_how_long_the_next_one_will_take()
    {
        var place = $"place-{number}";
        foreach (var (job, seconds) in new[] { ("a", 10.0), ("b", 50), ("c", 30) })
        {
            await silo.Store.TrainingRuns.Write(
                new TrainingRunRow($"{place}-{job}", Now, "rejected", Now, Now, 1, "v", "scripted", "", place, null, seconds, null), Token);
        }
        silo.Training.Places = [place];
        await Completes(promote: true);
        await Trainer.Run("test");
        await Ended();
        (await Run()).EstimatedSeconds.ShouldBe(30);
    }

    [Fact]
    public async Task Too_little_data_is_not_trained_on()
    {
        silo.Training.Rows = 12;
        await Trainer.Run("test");
        var state = await Ended();
        state.State.ShouldBe("rejected");
        state.Reason.ShouldContain("not enough data");
        MyStarted.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_data_set_that_knows_the_future_is_not_trained_on_and_the_status_log_tells()
    {
        silo.Training.Leak = "leak: 7 of 7 sampled rows differ";
        await Trainer.Run("test");
        var state = await Ended();
        (state.State, state.Reason).ShouldBe(("rejected", "leak: 7 of 7 sampled rows differ"));
        MyStarted.ShouldBeEmpty();
        (await silo.Store.Events.Read(long.MaxValue, null, 20, Token))
            .ShouldContain(e => e.Kind == "leak" && e.Level == "error" && e.Message.Contains("7 of 7"));
    }

    [Fact]
    public async Task A_run_asked_for_while_one_is_under_way_is_that_one()
    {
        var first = await Trainer.Run("first");
        silo.GoTo(Now + 5_000);
        var second = await Trainer.Run("second");
        second.JobName.ShouldBe(first.JobName);
        silo.GoTo(Now + Hour);
        await TestSilo.Remind(Trainer, Hourly);
        (await Trainer.State()).JobName.ShouldBe(first.JobName);
        MyPrepared.Select(p => p.Job).Distinct().Count().ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_model_that_fails_the_gate_is_kept_with_the_reason_and_does_not_serve()
    {
        await Completes(promote: false);
        await Trainer.Run("test");
        var state = await Ended();
        (state.State, state.Reason).ShouldBe(("rejected", "Refused: 1 forecasts were not finite."));
        (await Model()).State.ShouldBe("rejected");
    }

    [Fact]
    public async Task A_decision_can_be_made_again_from_the_input_that_is_kept_with_the_run()
    {
        await Completes(promote: true);
        await Trainer.Run("test");
        var state = await Ended();
        var kept = (await silo.Store.TrainingRuns.FindGate(state.JobName, Token)).ShouldNotBeNull();
        var input = GateJson.ReadInput(kept.InputJson);
        input.ChallengerVersion.ShouldBe(Version);
        GateJson.Write(PromotionGate.Decide(input)).ShouldBe(kept.DecisionJson);
        state.Reason.ShouldBe(GateJson.ReadDecision(kept.DecisionJson).Reason);
    }

    [Fact]
    public async Task A_promotion_that_the_registry_refuses_rejects_the_run()
    {
        await Completes(promote: true, content: "bad");
        await Trainer.Run("test");
        var state = await Ended();
        state.State.ShouldBe("rejected");
        state.Reason.ShouldContain("bad");
        (await silo.Grains.GetGrain<IModelRegistryGrain>(0).Current())?.Version.ShouldNotBe(Version);
    }

    [Fact]
    public async Task A_run_that_could_not_be_noted_has_not_begun()
    {
        silo.Runs.Writes.Refuse();
        await Should.ThrowAsync<Exception>(() => Trainer.Run("test"));
        (await Trainer.State()).State.ShouldBe("idle");
        await Completes(promote: true);
        await Trainer.Run("test");
        (await Ended()).State.ShouldBe("promoted");
    }

    [Fact]
    public async Task An_end_that_could_not_be_stored_is_stored_later_and_the_model_still_serves()
    {
        await Completes(promote: true);
        await Trainer.Run("test");
        await Until(s => s.State == "evaluating" || s.State == "promoted", "the evaluation");
        silo.Runs.Writes.Refuse(2);
        var state = await Ended();
        state.State.ShouldBe("promoted");
        (await Model()).State.ShouldBe("champion");
        (await silo.Store.TrainingRuns.List(100, Token)).Single(r => r.JobName == state.JobName).State.ShouldBe("promoted");
    }

    [Fact]
    public async Task A_model_is_not_promoted_over_another_than_it_was_compared_with()
    {
        var good = await Outcome(promote: true);
        await Trainer.Run("test");
        await Until(s => s.State == "training" && MyStarted.Count == 1, "the training");
        var registry = silo.Grains.GetGrain<IModelRegistryGrain>(0);
        await silo.AddModel($"other{number}", "good");
        (await registry.Promote(new PromotionMessage($"other{number}", "by hand", "ops"))).Refusal.ShouldBeNull();

        silo.Training.End(JobAt(Now), good);
        var state = await Ended();
        state.State.ShouldBe("rejected");
        state.Reason.ShouldStartWith($"the champion changed meanwhile: other{number} serves");
        (await registry.State()).Newest!.Version.ShouldBe($"other{number}");
        (await silo.Store.Events.Read(long.MaxValue, null, 20, Token))
            .ShouldContain(e => e.Kind == "model" && e.Message.StartsWith($"{Version} is not promoted: the champion changed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ObjectFault.Unreachable)]
    [InlineData(ObjectFault.Denied)]
    public async Task A_result_that_cannot_be_read_is_waited_for_since_its_job_is_done_and_paid_for(ObjectFault fault)
    {
        var good = await Outcome(promote: true);
        silo.Training.Ends = _ => good;
        silo.Models.Writes.Before(() =>
        {
            silo.Training.Describes.Throw(() => new ObjectStoreException("model/x", fault, "the store is away"), 8);
            silo.Training.End(JobAt(Now), TrainingOutcome.Running);
            throw new IOException("the database is away");
        });
        await Trainer.Run("test");
        await Until(s => s.State == "evaluating" && silo.Models.Writes.Pending == 0, "the evaluation");
        await Until(_ => silo.Training.Describes.Pending == 0, "the store to answer");
        var since = silo.Clock.NowMs;
        (await Until(_ => silo.Clock.NowMs > since + (2 * Minute), "a while")).State.ShouldBe("evaluating");

        silo.Training.End(JobAt(Now), good);
        (await Ended()).State.ShouldBe("promoted");
        MyStarted.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_result_that_the_store_keeps_to_itself_is_given_up_for_the_next_hour()
    {
        var good = await Outcome(promote: true);
        silo.Training.Ends = _ => good;
        silo.Models.Writes.Before(() =>
        {
            silo.Training.Describes.Throw(() => new ObjectStoreException("model/x", ObjectFault.Denied, "AccessDenied: not with this role"), 1_000);
            throw new IOException("the database is away");
        });
        await Trainer.Run("test");
        await Until(s => s.State == "evaluating" && silo.Models.Writes.Pending == 0, "the evaluation");
        silo.GoTo(Now + Hour);
        var state = await Ended();
        (state.State, state.Reason).ShouldBe(("failed", "evaluating: AccessDenied: not with this role"));
        MyStarted.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_promotion_waits_for_the_object_storage()
    {
        await Completes(promote: true);
        silo.Models.Writes.Before(() =>
        {
            silo.Objects.IsAway = true;
            return Task.CompletedTask;
        });
        await Trainer.Run("test");
        await Until(_ => silo.Objects.IsAway, "the evaluation");
        var since = silo.Clock.NowMs;
        (await Until(_ => silo.Clock.NowMs > since + (5 * Minute), "a while")).State.ShouldBe("evaluating");
        silo.Objects.IsAway = false;
        (await Ended()).State.ShouldBe("promoted");
    }

    [Fact]
    public void Of_a_store_that_is_away_one_knows_also_when_a_grain_on_another_silo_told()
    {
        var serializer = silo.Service<Serializer>();
        Exception told = new ObjectStoreException("model/x", ObjectFault.Unreachable, "the store is away");
        var heard = serializer.Deserialize<Exception>(serializer.SerializeToArray(told)).ShouldBeOfType<ObjectStoreException>();
        (heard.Key, heard.Fault, heard.Message).ShouldBe(("model/x", ObjectFault.Unreachable, "the store is away"));
    }

    private string Version => $"t{number}";

    private int Faults => silo.Training.Prepares.Pending + silo.Models.Writes.Pending;

    private List<(string Job, long RunTs)> MyPrepared => [.. silo.Training.Prepared.Where(p => p.RunTs >= Now && p.RunTs < Now + (48 * Hour))];

    private List<TrainingJob> MyStarted => [.. silo.Training.Started.Where(j => j.Name == JobAt(Now))];

    private async Task Completes(bool promote, string content = "good")
    {
        var outcome = await Outcome(promote, content);
        silo.Training.Ends = _ => outcome;
    }

    private async Task<TrainingOutcome> Outcome(bool promote, string content = "good")
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        var key = new ObjectLayout().Model(Version);
        await silo.Objects.Put(key, bytes, PutCondition.None, Token);
        return TrainingOutcome.Completed(new TrainingResult(
            Version, "cond", silo.Objects.UriOf(key).ToString(),
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), new double[6], "{}",
            new GateInput
            {
                ChallengerVersion = Version,
                ChallengerIsCond = true,
                Evidence = GateEvidence.WalkForward,
                DecidedAt = Now,
                Days = [],
                NonFinite = promote ? 0 : 1,
            }));
    }

    private async Task<TrainingRunRow> Run() => (await silo.Store.TrainingRuns.List(100, Token)).Single(r => r.JobName == JobAt(Now));

    private async Task<string[]> Warnings() =>
    [
        .. from e in (await silo.Store.Events.Read(long.MaxValue, null, 50, Token)).Reverse()
           where e.Level == "warning" && e.Message.StartsWith(JobAt(Now), StringComparison.Ordinal)
           select e.Message,
    ];

    private async Task<ModelRow> Model() => (await silo.Store.Models.Find(Version, Token)).ShouldNotBeNull();

    private Task<TrainingStateMessage> Ended(int stepMs = 200) =>
        Until(s => s.State is "promoted" or "rejected" or "failed", "the end of the run", stepMs);

    /// <summary>Lets the market's time run in small steps until the state is as wanted.</summary>
    private async Task<TrainingStateMessage> Until(Func<TrainingStateMessage, bool> holds, string what, int stepMs = 200)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var state = await Trainer.State();
            if (holds(state))
                return state;
            limit.IsCancellationRequested.ShouldBeFalse($"Waited in vain for {what}; the state is {state}.");
            silo.Time.Advance(TimeSpan.FromMilliseconds(stepMs));
            // The market's time must not run away from a grain that is slow on a busy machine.
            await Task.Delay(RealStep, Token);
        }
    }
}
