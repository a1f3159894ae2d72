namespace Hts.Load.Shadows;

/// <summary>A clock that stands where it is set; its timers never fire, so that nothing ticks but what a run asks for.</summary>
internal sealed class SetClock(long startMs) : TimeProvider
{
    private long nowMs = startMs;

    public void Set(long ms) => Volatile.Write(ref nowMs, ms);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref nowMs));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Silent();

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
