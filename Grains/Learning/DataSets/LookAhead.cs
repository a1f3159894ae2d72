using Hts.Bars;
using Hts.Features;

namespace Hts.DataSets;

/// <summary>The market as a <see cref="LeakCanary"/> sees it: each bar comes under the time of an earlier one.</summary>
internal sealed class LookAhead
{
    private readonly Queue<SlotRecord> ended = new();
    private readonly SymbolRun run;
    private readonly long aheadMs;

    public LookAhead(FeatureSchema schema, int bars)
    {
        aheadMs = bars * schema.Grid.BarMs;
        run = new SymbolRun(schema, r => ended.Enqueue(SlotRecord.Of(r.Features, schema)));
    }

    public void Take(in Bar bar) => run.Take(bar with { Ts = bar.Ts - aheadMs });

    /// <summary>False while an instant's future has not come in yet.</summary>
    public bool Knows(long ts) => run.EndTs >= ts;

    /// <summary>The record with features that know the future; its outcome stays what it was.</summary>
    public SlotRecord Of(SlotRecord record)
    {
        while (ended.TryPeek(out var earlier) && earlier.Ts < record.Ts)
            ended.Dequeue();
        return ended.TryPeek(out var same) && same.Ts == record.Ts ? same with { Label = record.Label } : record with { Market = null };
    }
}
