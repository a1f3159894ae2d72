using Hts.Bars;
using Hts.Embeddings;
using Hts.Features;
using Hts.Slots;

namespace Hts.Markets;

/// <summary>
/// One symbol's market in memory: features, labels and embeddings as far as the stored bars go, rebuilt from the store at any time.
/// Rows that a slot's end gives (label, restart state, embedding) are collected here until they are stored.
/// </summary>
internal sealed class SymbolMarket
{
    private const int KeptSnapshots = 4;

    private readonly string symbol;
    private readonly FeatureSchema schema;
    private readonly MarketOptions options;
    private readonly TextAEmbedder embedder;
    private readonly RecentBars recent = new();
    private readonly List<SlotSnapshot> snapshots = [];
    private readonly EmbeddingShelf shelfA = new();
    private readonly EmbeddingShelf shelfB = new();
    private SymbolRun run;

    public SymbolMarket(string symbol, FeatureSchema schema, MarketOptions options)
    {
        this.symbol = symbol;
        this.schema = schema;
        this.options = options;
        embedder = new TextAEmbedder(symbol, schema);
        run = new SymbolRun(schema, OnSlotEnd);
    }

    /// <summary>Slot rows to be stored, oldest first.</summary>
    public List<SlotRow> OwedSlots { get; } = [];

    /// <summary>Embeddings to be stored, oldest first.</summary>
    public List<EmbeddingRow> OwedEmbeddings { get; } = [];

    /// <summary>Instants whose embedding A is stored already, as far as bars are run over again: the first one known stays.</summary>
    public HashSet<long> EmbeddedBefore { get; } = [];

    /// <summary>End of the newest interval; <see cref="long.MinValue"/> before the first bar.</summary>
    public long EndTs => run.EndTs;

    public Bar? LastBar { get; private set; }

    /// <summary>Starts from a stored state and the bars before it.</summary>
    /// <exception cref="InvalidDataException">The state does not fit the bars; nothing changed.</exception>
    public void Restore(SlotRow row, Bar[] bars)
    {
        run = new SymbolRun(schema, SymbolFeatures.Restore(schema, row.State, bars), OnSlotEnd);
        Forget(row.Ts);
        foreach (ref readonly var bar in bars.AsSpan())
            Remember(bar);
        snapshots.Add(SlotSnapshot.Of(run.Features, schema));
    }

    /// <summary>Starts without history.</summary>
    public void Reset()
    {
        run = new SymbolRun(schema, OnSlotEnd);
        Forget(long.MinValue);
    }

    /// <summary>Takes the next stored bar; the intervals before it that have none are missing.</summary>
    public void Take(in Bar bar)
    {
        // Before the run: a slot's end is told from within it and embeds the newest bars.
        run.Reach(bar.Ts);
        Remember(bar);
        run.Take(bar);
    }

    /// <summary>Runs over missing intervals up to an instant.</summary>
    public void RunTo(long ts) => run.RunTo(ts);

    public SlotSnapshot? At(long slotTs) => snapshots.Find(s => s.Ts == slotTs);

    /// <summary>Keeps an embedding of text A or B; false when its instant has one already.</summary>
    public bool AddA(Embedding embedding) => shelfA.Add(embedding);

    /// <inheritdoc cref="AddA"/>
    public bool AddB(Embedding embedding) => shelfB.Add(embedding);

    /// <summary>The full feature row of a kept slot end.</summary>
    public float[] Row(SlotSnapshot snapshot, ReadOnlySpan<float> leader)
    {
        var row = new float[schema.Count];
        FeatureRow.Compose(
            schema, snapshot.Ts, snapshot.Own, leader, shelfA.Newest(snapshot.Ts), shelfB.Newest(snapshot.Ts), row);
        return row;
    }

    // Rows owed for later slots are made again.
    private void Forget(long afterTs)
    {
        OwedSlots.RemoveAll(row => row.Ts > afterTs);
        EmbeddedBefore.Clear();
        recent.Clear();
        snapshots.Clear();
        LastBar = null;
    }

    private void Remember(in Bar bar)
    {
        recent.Add(bar);
        LastBar = bar;
    }

    private void OnSlotEnd(SymbolRun ended)
    {
        var snapshot = SlotSnapshot.Of(ended.Features, schema);
        snapshots.Add(snapshot);
        if (snapshots.Count > KeptSnapshots)
            snapshots.RemoveAt(0);
        OwedSlots.Add(RowOf(snapshot, ended.Features));
        if (options.EmbedLocally)
            EmbedA(snapshot.Ts);
    }

    private SlotRow RowOf(SlotSnapshot snapshot, SymbolFeatures features)
    {
        var state = new byte[features.StateSize];
        features.SaveState(state);
        var label = snapshot.Label;
        return label.Complete
            ? new SlotRow(symbol, snapshot.Ts, Percent(label.Net), Percent(label.Gross), [.. label.Sides], true, schema.Hash, state)
            : new SlotRow(symbol, snapshot.Ts, null, null, null, false, schema.Hash, state);
    }

    private void EmbedA(long baseTs)
    {
        var (embedding, text) = embedder.Embed(baseTs, recent.Newest);
        if (shelfA.Add(embedding) && !EmbeddedBefore.Contains(baseTs))
        {
            OwedEmbeddings.Add(new EmbeddingRow(
                symbol, baseTs, options.StoreTexts ? text : null, null, embedding.Values.ToArray(), null, embedder.Model, baseTs));
        }
    }

    private static double[] Percent(double[] fractions) => Array.ConvertAll(fractions, f => f * 100);
}
