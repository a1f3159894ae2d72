namespace Hts.Models;

/// <summary>A move of the pointer under way: who asks for a slot that it may be for waits until it is known.</summary>
internal sealed class PendingMove(long effectiveFrom)
{
    private readonly TaskCompletionSource known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Concerns(long baseTs) => baseTs >= effectiveFrom;

    /// <summary>Done when the line tells what became of it; fails when nobody can know.</summary>
    public Task Known => known.Task;

    public void End() => known.TrySetResult();

    public void Lose()
    {
        known.TrySetException(new InvalidOperationException("Whether the pointer to the model moved is not known; ask again."));
        // Mostly nobody waits.
        known.Task.Ignore();
    }
}
