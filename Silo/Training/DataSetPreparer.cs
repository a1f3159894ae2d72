using System.Runtime.CompilerServices;
using System.Text.Json;
using Hts.Bars;
using Hts.DataSets;
using Hts.Embeddings;
using Hts.Features;
using Hts.Objects;
using Hts.Symbols;
using Hts.Time;
using Microsoft.Extensions.Options;

namespace Hts.Training;

/// <summary>Streams stored bars and embeddings of all symbols into a Parquet file and puts it into object storage.</summary>
internal sealed class DataSetPreparer(
    IBarStore bars, IEmbeddingStore embeddings, ISymbolStore symbols, IObjectStore objects, ObjectLayout layout, FeatureSchema schema,
    JobFolders folders, MarketClock clock, IOptions<TrainingScheduleOptions> schedule, IOptions<LeakCanary> canary)
    : IDataSetPreparer
{
    // Beside the leader; each training takes the next one, so that all have their turn.
    private const int AuditedSymbols = 1;

    public async Task<DataSetInfo> Prepare(string jobName, long runTs, CancellationToken cancellation)
    {
        var path = Path.Combine(folders.Open(jobName), "train.parquet");
        folders.Sweep(jobName);
        var fromTs = schema.Grid.SlotOf(runTs - (schedule.Value.WindowDays * 86_400_000L));
        var known = await symbols.List(cancellation);
        var sample = new RowSample();
        // Off the grain's turn: hours of bars are run over here.
        var summary = await Task.Run(
            () => new DataSetBuilder(schema, sample, canary.Value).Build(path, Sources(), schema.LeaderSymbol, runTs, cancellation), cancellation);
        var turn = known.Count == 0 ? 0 : (int)(runTs / 3_600_000 % known.Count);
        var audit = await Task.Run(
            () => new RowAudit(schema).Run([.. Sources().Skip(turn), .. Sources().Take(turn)], schema.LeaderSymbol, sample, AuditedSymbols, cancellation),
            cancellation);
        var key = layout.DataSet(Timestamps.Iso(runTs));
        await Upload(path, key, cancellation);
        // A data set that knows the future stays to be looked at, but nobody is pointed to it.
        if (audit.Leak is null)
            await Point(key, runTs, summary, cancellation);
        return new DataSetInfo(objects.UriOf(key).ToString(), summary.Rows, summary.LeftOut, audit.Leak, summary.BackfilledTextRows);

        SymbolSource[] Sources() => [.. known.Select(s => Source(s.Name, fromTs, runTs, cancellation))];
    }

    private SymbolSource Source(string symbol, long fromTs, long untilTs, CancellationToken cancellation) =>
        new(symbol, Bars(symbol, fromTs, untilTs, cancellation), Embeddings(symbol, fromTs, untilTs, cancellation));

    private async IAsyncEnumerable<Bar> Bars(
        string symbol, long fromTs, long untilTs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var stored in bars.Stream(symbol, fromTs, untilTs, cancellation))
            yield return stored.Bar;
    }

    private async IAsyncEnumerable<EmbeddingPair> Embeddings(
        string symbol, long fromTs, long untilTs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in embeddings.Stream(symbol, fromTs, untilTs, cancellation))
        {
            var a = row.A is null ? null : new Embedding(row.BaseTs, row.KnownAt, row.A) { ReceivedAtMs = row.ReceivedAt ?? row.KnownAt };
            var b = row.B is null ? null : new Embedding(row.BaseTs, row.KnownAt, row.B) { ReceivedAtMs = row.ReceivedAt ?? row.KnownAt };
            if (a is not null || b is not null)
                yield return new EmbeddingPair(a, b);
        }
    }

    private async Task Upload(string path, string key, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        await objects.Put(key, file, PutCondition.None, cancellation);
    }

    private async Task Point(string key, long runTs, DataSetSummary summary, CancellationToken cancellation)
    {
        var pointer = new TrainPointer(
            DateTimeOffset.FromUnixTimeMilliseconds(runTs), objects.UriOf(key).ToString(), summary.Rows, schema.Count, clock.GetUtcNow(),
            schema.Hash, summary.BackfilledTextRows);
        var content = JsonSerializer.SerializeToUtf8Bytes(pointer, LocalTrainingJson.Default.TrainPointer);
        await objects.Put(layout.TrainPointer, content, PutCondition.None, cancellation);
    }
}
