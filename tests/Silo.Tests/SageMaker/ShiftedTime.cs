namespace Hts.Tests.SageMaker;

/// <summary>The real clock, set ahead by a test; timers run in real time.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
