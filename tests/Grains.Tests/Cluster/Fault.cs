namespace Hts.Tests.Cluster;

/// <summary>Makes the next calls of a store fail, before or after they took effect, or lets a test act in between.</summary>
internal sealed class Fault
{
    private readonly Queue<(bool After, Func<Task> Act)> planned = new();

    public int Pending
    {
        get
        {
            lock (planned)
                return planned.Count;
        }
    }

    /// <summary>The next call is refused: nothing happens.</summary>
    public void Refuse(int times = 1) => Plan(times, after: false, () => throw new IOException("the store is away"));

    /// <summary>The next calls fail in this way: nothing happens.</summary>
    public void Throw(Func<Exception> failure, int times = 1) => Plan(times, after: false, () => throw failure());

    /// <summary>The next call takes effect, but its answer is lost.</summary>
    public void LoseAnswer(int times = 1) => Plan(times, after: true, () => throw new IOException("the answer was lost"));

    /// <summary>The next call first waits for this.</summary>
    public void Before(Func<Task> act) => Plan(1, after: false, act);

    public void Clear()
    {
        lock (planned)
            planned.Clear();
    }

    public async Task<T> Around<T>(Func<Task<T>> call)
    {
        (bool After, Func<Task> Act) fault;
        lock (planned)
            planned.TryDequeue(out fault);
        if (fault is { Act: { } before, After: false })
            await before();
        var answer = await call();
        if (fault is { Act: { } after, After: true })
            await after();
        return answer;
    }

    public Task Around(Func<Task> call) => Around(async () =>
    {
        await call();
        return 0;
    });

    private void Plan(int times, bool after, Func<Task> act)
    {
        lock (planned)
        {
            for (var i = 0; i < times; i++)
                planned.Enqueue((after, act));
        }
    }
}
