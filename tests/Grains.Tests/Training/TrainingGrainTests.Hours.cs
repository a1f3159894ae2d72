using Hts.Tests.Cluster;
using Hts.Training;

namespace Hts.Tests.Training;

/// <summary>Which hours are trained, and what becomes of a run that failed.</summary>
public sealed partial class TrainingGrainTests
{
    private const long Minute = 60_000;

    // The next attempt is due a minute after the end: it must not begin before a slow commit lets the end be seen.
    private const int RetryStep = 20;

    [Fact]
    public async Task An_hour_that_comes_during_a_run_is_begun_when_that_has_ended()
    {
        await Trainer.Run("test");
        await Until(s => s.State == "training" && MyStarted.Count == 1, "the first training");
        silo.GoTo(Now + Hour);
        await TestSilo.Remind(Trainer, Hourly);
        (await Trainer.State()).JobName.ShouldBe(JobAt(Now));

        silo.Training.End(JobAt(Now), TrainingOutcome.Failed("too slow"));
        await Until(s => s.JobName == JobAt(Now + Hour) && s.State == "training", "the next hour");

        (await Runs()).Select(r => (r.JobName, r.State == "failed")).ShouldBe([(JobAt(Now + Hour), false), (JobAt(Now), true)]);
        (await Told()).ShouldContain(e => e.Contains($"waits: {JobAt(Now)} is still training"));
    }

    [Fact]
    public async Task Hours_without_a_training_stand_in_the_history_and_the_running_one_is_made_up_for()
    {
        await Ran();
        silo.GoTo(Now + (3 * Hour) + (10 * Minute));
        await TestSilo.Remind(Trainer, Hourly);
        await Until(s => s.JobName == JobAt(Now + (3 * Hour)) && s.State == "training", "the running hour");

        (await Runs()).Skip(1).Select(r => (r.RunTs, r.State)).ShouldBe(
            [(Now + (2 * Hour), "skipped"), (Now + Hour, "skipped"), (Now, "rejected")]);
        (await Told()).ShouldContain(e => e.StartsWith("The 2 trainings of", StringComparison.Ordinal) && e.Contains("left out"));
    }

    [Fact]
    public async Task After_many_lost_hours_the_newest_have_rows_and_all_are_counted()
    {
        await Ran();
        silo.GoTo(Now + (40 * Hour));
        await TestSilo.Remind(Trainer, Hourly);
        await Until(s => s.JobName == JobAt(Now + (40 * Hour)) && s.State == "training", "the running hour");

        (await Runs()).Count(r => r.State == "skipped").ShouldBe(24);
        (await Told()).ShouldContain(e => e.StartsWith("The 39 trainings of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_fails_is_tried_again_under_new_names_with_longer_pauses_and_then_left()
    {
        silo.Training.Ends = _ => TrainingOutcome.Failed("out of memory");
        await Trainer.Run("test");
        var pauses = new List<double>();
        while ((await Ended(RetryStep)).RetryAt is { } at)
        {
            pauses.Add(Math.Round((double)(at - (await Runs())[0].FinishedAt!.Value) / Minute));
            var failed = (await Trainer.State()).JobName;
            silo.GoTo(at);
            await Until(s => s.JobName != failed, "the next attempt");
        }

        pauses.ShouldBe([1, 4, 16]);
        var runs = await Runs();
        runs.Select(r => r.JobName).ShouldBe([$"{JobAt(Now)}-4", $"{JobAt(Now)}-3", $"{JobAt(Now)}-2", JobAt(Now)]);
        runs.ShouldAllBe(r => r.State == "failed" && r.RunTs == Now && r.Reason.Contains("out of memory"));
        (await Trainer.State()).RetryAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_training_that_is_given_up_is_stopped_since_it_may_run_all_the_same()
    {
        silo.Training.Starts.LoseAnswer(5);
        await Trainer.Run("test");
        var state = await Ended();
        (state.State, state.Reason).ShouldBe(("failed", "training: the answer was lost"));
        silo.Training.Stopped.Where(j => j.Name == JobAt(Now)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_second_attempt_can_succeed_also_when_the_grain_was_lost_meanwhile()
    {
        silo.Training.Ends = _ => TrainingOutcome.Failed("a broken pipe");
        await Trainer.Run("test");
        (await Ended(RetryStep)).RetryAt.ShouldNotBeNull();
        await silo.End(Trainer);

        await Completes(promote: true);
        var state = await Until(s => s.State == "promoted", "the second attempt", stepMs: 1_000);
        state.JobName.ShouldBe(JobAt(Now) + "-2");
        state.Reason.ShouldNotContain("broken pipe");
    }

    [Fact]
    public async Task An_attempt_that_could_not_be_noted_comes_again()
    {
        silo.Training.Ends = _ => TrainingOutcome.Failed("out of memory");
        await Trainer.Run("test");
        var at = (await Ended(RetryStep)).RetryAt.ShouldNotBeNull();
        silo.Runs.Writes.Refuse(2);
        silo.GoTo(at);
        await Until(s => s.JobName == JobAt(Now) + "-2" && s.State == "failed", "the second attempt's end");
        (await Runs())[0].JobName.ShouldBe(JobAt(Now) + "-2");
    }

    [Fact]
    public async Task A_lost_grain_comes_back_unasked_for_its_run_and_its_next_attempt_and_for_nothing_more()
    {
        await Trainer.Run("test");
        await Until(s => s.State == "training" && MyStarted.Count == 1, "the training");
        (await silo.Reminders(Trainer)).ShouldBe(1);
        await silo.End(Trainer);
        silo.Training.End(JobAt(Now), TrainingOutcome.Failed("a broken pipe"));
        await Unasked(async () => (await Runs())[0].State == "failed", "the end of the first attempt");

        await Until(s => s.RetryAt is not null, "the next attempt to be planned");
        await silo.End(Trainer);
        await Completes(promote: false);
        await Unasked(async () => (await Runs())[0] is { State: "rejected" } run && run.JobName == JobAt(Now) + "-2", "the second attempt");
        await Unasked(async () => await silo.Reminders(Trainer) == 0, "the reminder to go");
    }

    [Fact]
    public async Task A_run_asked_for_takes_the_place_of_an_attempt_that_waits()
    {
        silo.Training.Ends = _ => TrainingOutcome.Failed("out of memory");
        await Trainer.Run("test");
        (await Ended(RetryStep)).RetryAt.ShouldNotBeNull();
        silo.Training.Ends = _ => TrainingOutcome.Running;
        var byHand = (await Trainer.Run("by hand")).JobName;
        silo.GoTo(Now + (10 * Minute));
        (await Until(s => s.State == "training", "the run asked for")).JobName.ShouldBe(byHand);
        (await Runs()).Count.ShouldBe(2);
    }

    /// <summary>Lets the market's time run without a word to the grain.</summary>
    private async Task Unasked(Func<Task<bool>> holds, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            limit.IsCancellationRequested.ShouldBeFalse($"Waited in vain for {what}.");
            silo.Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(RealStep, Token);
        }
    }

    // A run of this hour that ends at once.
    private async Task Ran()
    {
        silo.Training.Rows = 1;
        await Trainer.Run("test");
        await Ended();
        silo.Training.Rows = 1_000;
    }

    private async Task<List<TrainingRunRow>> Runs() =>
        [.. (await silo.Store.TrainingRuns.List(1_000, Token)).Where(r => r.RunTs >= Now && r.RunTs < Now + (48 * Hour))];

    private async Task<List<string>> Told() =>
        [.. (await silo.Store.Events.Read(long.MaxValue, null, 50, Token)).Where(e => e.Kind == "training" && e.Ts >= Now).Select(e => e.Message)];
}
