using Hts.Bars;

namespace Hts.Features;

/// <summary>
/// Runs a symbol's features over stored bars with their holes. Across a hole the machines run on over missing time; after one longer
/// than <see cref="LongestHoleMs"/> the symbol starts anew, warm-up included. Live markets and data sets both run through here.
/// </summary>
public sealed class SymbolRun
{
    /// <summary>Longest hole that history is carried across: seven days.</summary>
    public const long LongestHoleMs = 7 * 86_400_000L;

    private readonly FeatureSchema schema;
    private readonly Action onSlotEnd;

    /// <param name="onSlotEnd">Called after the last bar, or missing interval, of each slot: features and label of that instant stand then.</param>
    public SymbolRun(FeatureSchema schema, Action<SymbolRun> onSlotEnd)
        : this(schema, new SymbolFeatures(schema), onSlotEnd)
    {
    }

    /// <summary>Goes on from restored features.</summary>
    public SymbolRun(FeatureSchema schema, SymbolFeatures features, Action<SymbolRun> onSlotEnd)
    {
        this.schema = schema;
        this.onSlotEnd = () => onSlotEnd(this);
        Features = features;
    }

    public SymbolFeatures Features { get; private set; }

    /// <summary>End of the newest interval, Unix ms UTC; <see cref="long.MinValue"/> before the first.</summary>
    public long EndTs => Features.EndTs;

    /// <summary>Takes the next stored bar; intervals between the newest one and it are missing.</summary>
    /// <exception cref="ArgumentException">The bar is not later than the newest one, or lies off the grid.</exception>
    public void Take(in Bar bar)
    {
        Reach(bar.Ts);
        if (Features.Append(bar))
            onSlotEnd();
    }

    /// <summary>Gets ready for a bar at <paramref name="ts"/>: runs over the missing intervals before it, or starts anew.</summary>
    public void Reach(long ts)
    {
        if (EndTs != long.MinValue && ts - EndTs > LongestHoleMs)
            Features = new SymbolFeatures(schema);
        RunTo(ts);
    }

    /// <summary>Runs over missing intervals up to <paramref name="ts"/>; nothing happens before the first bar or for a past time.</summary>
    public void RunTo(long ts)
    {
        if (EndTs == long.MinValue)
            return;
        while (EndTs < ts)
        {
            if (Features.AppendMissing(EndTs))
                onSlotEnd();
        }
    }
}
