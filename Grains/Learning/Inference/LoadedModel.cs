using Hts.Models;

namespace Hts.Inference;

/// <summary>
/// A model ready to run, counted by those who use it: the shelf holds one share, each queued forecast another. What is native goes when
/// the last share does, so a version can leave the shelf while forecasts still wait for it.
/// </summary>
internal sealed class LoadedModel(ModelRunner runner)
{
    private int shares = 1;
    private long lastUse;

    public ModelRunner Runner { get; } = runner;

    /// <summary>Place in the order of use; larger is later.</summary>
    public long LastUse => Volatile.Read(ref lastUse);

    /// <summary>Takes a share; false when the model is already gone.</summary>
    public bool TryAcquire(long use)
    {
        for (var seen = Volatile.Read(ref shares); seen > 0;)
        {
            var before = Interlocked.CompareExchange(ref shares, seen + 1, seen);
            if (before == seen)
            {
                Touch(use);
                return true;
            }
            seen = before;
        }
        return false;
    }

    public void Touch(long use) => Volatile.Write(ref lastUse, use);

    public void Release()
    {
        if (Interlocked.Decrement(ref shares) == 0)
            Runner.Dispose();
    }
}
