using Hts.Features;
using Hts.Policies;

namespace Hts.DataSets;

/// <summary>
/// Makes a data set from stored bars and embeddings of several symbols, through the very classes that live markets run on. The leading
/// symbol's returns are features of all others, so it goes first; it is pooled like the rest.
/// </summary>
/// <param name="sample">Takes note of some rows, for a <see cref="RowAudit"/>.</param>
/// <param name="canary">A wilful leak; null or 0 bars for none.</param>
public sealed class DataSetBuilder(FeatureSchema schema, RowSample? sample = null, LeakCanary? canary = null)
{
    /// <summary>Cause of a window whose outcome is no label: bars of it are missing.</summary>
    public const string IncompleteWindow = "incomplete window";

    /// <summary>Cause of a window that had not ended by the data set's end.</summary>
    public const string AfterTheEnd = "after the end";

    /// <summary>The header of data sets of a schema.</summary>
    public static DataSetHeader HeaderOf(FeatureSchema schema) => new(
        schema.Hash,
        schema.Count,
        schema.EmbeddingB.End,
        schema.OverlapMs,
        schema.Strategies.Names,
        schema.Strategies.Hash,
        schema.Strategies.CostPerFill,
        schema.Grid.BarMs,
        schema.Grid.SlotMs);

    /// <summary>Writes the data set.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="sources">The symbols.</param>
    /// <param name="leader">Symbol whose returns the others see; null or absent leaves them out.</param>
    /// <param name="untilTs">Outcomes that end later are left out, Unix ms UTC.</param>
    /// <exception cref="ArgumentException">A symbol's bars do not ascend or lie off the grid.</exception>
    public async Task<DataSetSummary> Build(
        string path, IReadOnlyList<SymbolSource> sources, string? leader, long untilTs, CancellationToken cancellation)
    {
        await using var writer = await DataSetWriter.Create(path, HeaderOf(schema), cancellation);
        var summary = await Build(writer, sources, leader, untilTs, cancellation);
        await writer.Complete(cancellation);
        return summary;
    }

    /// <summary>Gives the rows to a sink, symbol by symbol.</summary>
    internal async Task<DataSetSummary> Build(
        IRowSink sink, IReadOnlyList<SymbolSource> sources, string? leader, long untilTs, CancellationToken cancellation)
    {
        Dictionary<long, float[]> leading = [];
        var tally = new Tally();
        SortedDictionary<string, long> rows = new(StringComparer.Ordinal);
        foreach (var source in sources.OrderBy(s => s.Symbol != leader))
        {
            var before = sink.Rows;
            await Run(source, source.Symbol == leader, leading, sink, tally, untilTs, cancellation);
            rows[source.Symbol] = sink.Rows - before;
        }
        return new DataSetSummary(sink.Rows, rows, tally.LeftOut, tally.BackfilledTextRows);
    }

    private async Task Run(
        SymbolSource source, bool leads, Dictionary<long, float[]> leading, IRowSink sink,
        Tally tally, long untilTs, CancellationToken cancellation)
    {
        Queue<SlotRecord> ended = new();
        ulong barsRead = 0;
        var run = new SymbolRun(schema, r =>
        {
            ended.Enqueue(SlotRecord.Of(r.Features, schema));
            sample?.Reach(source.Symbol, r.EndTs, barsRead);
        });
        var ahead = canary is { FeaturesKnowFutureBars: > 0 and var bars } ? new LookAhead(schema, bars) : null;
        await using var embeddings = new EmbeddingFeed(source.Embeddings.GetAsyncEnumerator(cancellation));
        Begun? last = null;
        await foreach (var bar in source.Bars.WithCancellation(cancellation))
        {
            barsRead = RowSample.Chain(barsRead, bar);
            run.Take(bar);
            ahead?.Take(bar);
            while (ended.TryPeek(out var record) && ahead?.Knows(record.Ts) != false)
            {
                ended.Dequeue();
                record = ahead?.Of(record) ?? record;
                if (last is { } begun)
                    await Close(source.Symbol, begun, record, sink, tally, untilTs, cancellation);
                if (leads && record.Returns is not null)
                    leading[record.Ts] = record.Returns;
                await embeddings.AdvanceTo(record.Ts);
                sample?.Know(source.Symbol, record.Ts, embeddings.Taken);
                last = Compose(record, leads ? null : leading.GetValueOrDefault(record.Ts), embeddings);
            }
        }
    }

    private Begun Compose(SlotRecord record, float[]? leader, EmbeddingFeed embeddings)
    {
        if (record.Market is null)
            return new(record, null, false);
        var row = new float[schema.Count];
        var (a, b) = (embeddings.A.Newest(record.Ts), embeddings.B.Newest(record.Ts));
        FeatureRow.Compose(schema, record.Ts, record.Market, leader, a, b, row);
        return new(record, row, a?.ReceivedAtMs > record.Ts || b?.ReceivedAtMs > record.Ts);
    }

    /// <summary>Writes the row of the window that began with one record and ended with the next, or counts why there is none.</summary>
    private async Task Close(
        string symbol, Begun window, SlotRecord ended, IRowSink sink, Tally tally, long untilTs, CancellationToken cancellation)
    {
        var (begun, row, hasBackfilledText) = window;
        string? cause = null;
        if (ended.Ts != begun.Ts + schema.Grid.SlotMs)
            cause = Reasons.Gap;
        else if (ended.Ts > untilTs)
            cause = AfterTheEnd;
        else if (row is null)
            cause = begun.Reason ?? Reasons.Gap;
        else if (!ended.Label.Complete)
            cause = IncompleteWindow;
        if (cause is not null)
        {
            tally.LeftOut[cause] = tally.LeftOut.GetValueOrDefault(cause) + 1;
            return;
        }
        if (hasBackfilledText)
            tally.BackfilledTextRows++;
        sample?.Offer(symbol, begun.Ts, row);
        await sink.Write(
            new DataSetRow(symbol, begun.Ts, row!, begun.SigmaSlot, begun.Standing, [.. ended.Label.Gross], [.. ended.Label.Sides]), cancellation);
    }

    /// <param name="Row">Null when there are no features.</param>
    /// <param name="HasBackfilledText">True when a text of the row came in after its instant.</param>
    private sealed record Begun(SlotRecord Record, float[]? Row, bool HasBackfilledText);

    private sealed class Tally
    {
        public SortedDictionary<string, long> LeftOut { get; } = new(StringComparer.Ordinal);

        public long BackfilledTextRows { get; set; }
    }
}
