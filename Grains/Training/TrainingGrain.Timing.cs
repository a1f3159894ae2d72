namespace Hts.Training;

/// <summary>When its steps come: a timer while the grain lives, reminders when it is lost.</summary>
internal sealed partial class TrainingGrain
{
    private const string Hourly = "hourly";
    private const string CarryOnReminder = "carry-on";
    private static readonly TimeSpan StepPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CarryOnPeriod = TimeSpan.FromMinutes(1);

    private IGrainTimer timer = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Set anew and never disposed of: that would cancel the step that runs.
        timer = this.RegisterGrainTimer(
            Step, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        TakeUp();
        return Task.CompletedTask;
    }

    public async Task Start()
    {
        if (!options.Enabled)
        {
            // One from before that was changed: it outlives every silo.
            await Forget(Hourly);
            return;
        }
        var due = TimeSpan.FromMilliseconds(calendar.NextHour - clock.NowMs);
        await this.RegisterOrUpdateReminder(Hourly, due, TimeSpan.FromSeconds(options.IntervalSeconds));
        // An hour that began while nothing ran; a fresh system begins when its history is there.
        if (Now.RunTs > 0)
            await BeginHour(calendar.Hour);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (reminderName == CarryOnReminder)
        {
            // To be called was enough: an activation takes up what it finds.
            if (!Now.UnderWay && Now.RetryAt is null)
                await Forget(CarryOnReminder);
        }
        else if (options.Enabled)
        {
            await BeginHour(calendar.HourOfReminder);
        }
    }

    /// <summary>Sets the timer to what the state asks for.</summary>
    private void TakeUp()
    {
        if (Now.UnderWay)
            Schedule(StepPause);
        else if (Now.RetryAt is { } at)
            timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, at - clock.NowMs)), Timeout.InfiniteTimeSpan);
    }

    private void Schedule(TimeSpan real) => timer.Change(clock.FromReal(real), Timeout.InfiniteTimeSpan);

    /// <summary>Has the grain called as long as there is something to do, also when its silo is gone.</summary>
    private async Task KeepAwake()
    {
        // Real time whatever the clock's speed: silos die in real time.
        var period = clock.FromReal(CarryOnPeriod);
        await this.RegisterOrUpdateReminder(CarryOnReminder, period, period);
    }

    private async Task Forget(string reminderName)
    {
        if (await this.GetReminder(reminderName) is { } reminder)
            await this.UnregisterReminder(reminder);
    }
}
