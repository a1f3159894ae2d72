using System.Buffers.Binary;
using Hts.Labels;

namespace Hts.Features;

/// <summary>The outcomes of the last <see cref="FeatureSchema.HistorySlots"/> windows of one symbol.</summary>
internal sealed class SlotHistory
{
    private const int HeaderBytes = 9;
    private const int StrategyBytes = 12;

    private readonly WindowLabel[] labels;
    private int newest;

    public SlotHistory(FeatureSchema schema)
    {
        labels = new WindowLabel[FeatureSchema.HistorySlots];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = new WindowLabel(schema.Strategies.Count, schema.Strategies.ActiveCount);
    }

    public int StateSize => labels.Length * LabelBytes;

    private int LabelBytes => HeaderBytes + (StrategyBytes * labels[0].Gross.Length);

    /// <summary>The outcome <paramref name="back"/> windows before the newest; incomplete where there was none.</summary>
    public WindowLabel this[int back] => labels[(newest + labels.Length - back) % labels.Length];

    public void Push(WindowLabel label)
    {
        newest = (newest + 1) % labels.Length;
        label.CopyTo(labels[newest]);
    }

    /// <summary>Writes the block: per window the flag, gross in σ of the slot, fills of the active strategies.</summary>
    /// <param name="active">Places of the active strategies within the set.</param>
    public void Read(ReadOnlySpan<int> active, double sigmaSlot, Span<float> into)
    {
        into.Clear();
        var at = 0;
        for (var back = 0; back < labels.Length; back++)
        {
            var label = this[back];
            var known = label.Complete;
            into[at++] = known ? 1 : 0;
            foreach (var gross in label.Gross)
                into[at++] = known ? Bounded.Of(gross / sigmaSlot) : 0;
            foreach (var strategy in active)
                into[at++] = known ? Bounded.Of(label.Sides[strategy]) : 0;
        }
    }

    public void SaveState(Span<byte> into)
    {
        for (var back = 0; back < labels.Length; back++, into = into[LabelBytes..])
        {
            var label = this[back];
            BinaryPrimitives.WriteInt64LittleEndian(into, label.Ts);
            into[8] = label.Complete ? (byte)1 : (byte)0;
            for (var i = 0; i < label.Gross.Length; i++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(into[(HeaderBytes + (i * StrategyBytes))..], label.Gross[i]);
                BinaryPrimitives.WriteInt32LittleEndian(into[(HeaderBytes + (i * StrategyBytes) + 8)..], label.Sides[i]);
            }
        }
    }

    public void RestoreState(ReadOnlySpan<byte> from)
    {
        for (var back = 0; back < labels.Length; back++, from = from[LabelBytes..])
        {
            var label = this[back];
            label.Ts = BinaryPrimitives.ReadInt64LittleEndian(from);
            label.Complete = from[8] switch
            {
                0 => false,
                1 => true,
                _ => throw new InvalidDataException($"A label's mark of completeness is {from[8]}, not 0 or 1."),
            };
            for (var i = 0; i < label.Gross.Length; i++)
            {
                label.Gross[i] = BinaryPrimitives.ReadDoubleLittleEndian(from[(HeaderBytes + (i * StrategyBytes))..]);
                label.Sides[i] = BinaryPrimitives.ReadInt32LittleEndian(from[(HeaderBytes + (i * StrategyBytes) + 8)..]);
            }
        }
    }
}
