using Hts.Bars;
using Hts.Postgres;

namespace Hts.Commands;

/// <summary>Stores imported bars of one symbol in batches and marks the holes between them.</summary>
internal sealed class BarStorer(PostgresStore store, string symbol, Grid grid, long nowMs)
{
    private const int BatchBars = 10_000;

    private readonly List<StoredBar> batch = new(BatchBars);
    private long nextTs = long.MinValue;

    public long Bars { get; private set; }

    public long Holes { get; private set; }

    public long Refused { get; private set; }

    public async Task Add(Bar bar, CancellationToken cancellation)
    {
        if (BarRules.Check(bar, grid, nowMs) is { } rule)
        {
            Refused++;
            await Console.Error.WriteLineAsync($"{symbol} {bar.Ts}: {rule}");
            return;
        }
        if (nextTs != long.MinValue && bar.Ts > nextTs)
        {
            Holes++;
            await store.Bars.MarkGap(symbol, new Gap(nextTs, bar.Ts, "not in the imported files", nowMs), cancellation);
        }
        nextTs = bar.Ts + grid.BarMs;
        // Recorded history is known at its bar's end: nobody received it live.
        batch.Add(new StoredBar(bar, nextTs, 0));
        if (batch.Count == BatchBars)
            await Flush(cancellation);
    }

    public async Task Flush(CancellationToken cancellation)
    {
        if (batch.Count == 0)
            return;
        await store.Bars.Write(symbol, batch.ToArray(), cancellation);
        Bars += batch.Count;
        batch.Clear();
    }
}
