namespace Hts.Predictions;

/// <summary>When the next tick comes; each timer is armed for one.</summary>
internal sealed partial class StrategyPredictorGrain
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private IGrainTimer? retry;
    private IGrainTimer? cadence;
    private IGrainTimer? settling;

    private void ArmRetry(int pauses) => retry = Rearm(retry, Tick, clock.FromReal(RetryPause * pauses));

    private void ArmSettling(long now)
    {
        if (settleAt is long.MinValue or long.MaxValue)
            settling?.Dispose();
        else
            settling = Rearm(settling, Tick, TimeSpan.FromMilliseconds(settleAt - now));
    }

    // A one-shot timer armed for each boundary keeps the cadence between reminders, which may come late.
    private void ArmCadence()
    {
        if (record is null)
            return;
        var now = clock.NowMs;
        cadence = Rearm(cadence, NextTick, TimeSpan.FromMilliseconds(grid.SlotAtOrAfter(now + 1) - now));

        Task NextTick()
        {
            ArmCadence();
            return Tick();
        }
    }

    private IGrainTimer Rearm(IGrainTimer? before, Func<Task> work, TimeSpan due)
    {
        before?.Dispose();
        return this.RegisterGrainTimer(work, new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }
}
