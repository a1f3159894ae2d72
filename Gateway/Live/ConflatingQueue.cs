namespace Hts.Live;

/// <summary>
/// A queue that never grows beyond its bounds and never makes its writer wait. Of bars it keeps the newest few of each symbol, a later form
/// of the same bar in place of the earlier; of the rest it drops the oldest and counts. What is taken comes in the order of arrival.
/// </summary>
/// <param name="barDepth">Bars kept per symbol.</param>
/// <param name="capacity">Other items kept.</param>
internal sealed class ConflatingQueue<T>(int barDepth, int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<BarPlace>> bars = new(StringComparer.Ordinal);
    private readonly Queue<(long Order, T Item)> others = new();
    private readonly SemaphoreSlim arrived = new(0, 1);
    private long order;
    private int waitingBars;
    private int dropped;

    /// <summary>Items that wait now.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return waitingBars + others.Count;
        }
    }

    public void PutBar(string symbol, long ts, T item)
    {
        lock (gate)
        {
            if (!bars.TryGetValue(symbol, out var kept))
                bars.Add(symbol, kept = new List<BarPlace>(barDepth));
            var place = new BarPlace(ts, ++order, item);
            var same = kept.FindIndex(p => p.Ts == ts);
            if (same >= 0)
                kept.RemoveAt(same);
            else if (kept.Count == barDepth)
                kept.RemoveAt(0);
            else
                waitingBars++;
            kept.Add(place);
        }
        Signal();
    }

    public void Put(T item)
    {
        lock (gate)
        {
            if (others.Count == capacity)
            {
                others.Dequeue();
                dropped++;
            }
            others.Enqueue((++order, item));
        }
        Signal();
    }

    /// <summary>Counts items that were lost before they came here as dropped.</summary>
    public void Lose(int count)
    {
        lock (gate)
            dropped += count;
        Signal();
    }

    /// <summary>Returns when something was put since the last call; there may be nothing to take then.</summary>
    public Task WaitAsync(CancellationToken stop) => arrived.WaitAsync(stop);

    /// <summary>Takes all that waits.</summary>
    /// <returns>How many items other than bars were dropped since the last time.</returns>
    public int Take(List<T> into)
    {
        lock (gate)
        {
            var all = new List<(long Order, T Item)>(waitingBars + others.Count);
            if (waitingBars > 0)
            {
                foreach (var kept in bars.Values)
                {
                    foreach (var place in kept)
                        all.Add((place.Order, place.Item));
                    kept.Clear();
                }
            }
            all.AddRange(others);
            others.Clear();
            waitingBars = 0;
            all.Sort(static (a, b) => a.Order.CompareTo(b.Order));
            foreach (var (_, item) in all)
                into.Add(item);
            var lost = dropped;
            dropped = 0;
            return lost;
        }
    }

    private void Signal()
    {
        lock (arrived)
        {
            if (arrived.CurrentCount == 0)
                arrived.Release();
        }
    }

    private readonly record struct BarPlace(long Ts, long Order, T Item);
}
