namespace Hts.Inference;

/// <summary>A bounded queue between any number of callers and one thread that takes all there is, up to a bound, in one go.</summary>
internal sealed class RequestRing(int capacity)
{
    private readonly PendingForecast?[] slots = new PendingForecast?[capacity];
    private readonly object entry = new();
    private int head;
    private int count;
    private bool closed;

    /// <summary>False when the queue is full.</summary>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public bool TryAdd(PendingForecast request)
    {
        lock (entry)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(InferenceEngine));
            if (count == slots.Length)
                return false;
            slots[(head + count) % slots.Length] = request;
            if (count++ == 0)
                Monitor.Pulse(entry);
            return true;
        }
    }

    /// <summary>Blocks until there is something, then takes up to the length of <paramref name="into"/>; 0 once closed and empty.</summary>
    public int Take(Span<PendingForecast> into)
    {
        lock (entry)
        {
            while (count == 0 && !closed)
                Monitor.Wait(entry);
            return TakeNow(into);
        }
    }

    /// <summary>Takes no more; what is queued can still be taken.</summary>
    public void Close()
    {
        lock (entry)
        {
            closed = true;
            Monitor.Pulse(entry);
        }
    }

    private int TakeNow(Span<PendingForecast> into)
    {
        var taken = Math.Min(count, into.Length);
        for (var i = 0; i < taken; i++)
        {
            into[i] = slots[head]!;
            slots[head] = null;
            head = (head + 1) % slots.Length;
        }
        count -= taken;
        return taken;
    }
}
