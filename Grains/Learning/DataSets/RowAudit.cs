using System.Globalization;
using Hts.Features;

namespace Hts.DataSets;

/// <summary>
/// Makes sampled rows of a data set again, each at a moment when no bar from its instant on has been read yet: a row that comes out
/// otherwise knew the future.
/// </summary>
public sealed class RowAudit(FeatureSchema schema)
{
    /// <summary>Rows whose bars or embeddings, or whose leader's bars, were changed meanwhile are left out.</summary>
    /// <param name="sources">The data set's sources, opened anew.</param>
    /// <param name="leader">As in the data set.</param>
    /// <param name="maxSymbols">Most symbols that are checked beside the leader.</param>
    public async Task<RowAuditReport> Run(
        IReadOnlyList<SymbolSource> sources, string? leader, RowSample sample, int maxSymbols, CancellationToken cancellation)
    {
        Dictionary<long, (float[]? Returns, ulong BarsRead)> leading = [];
        var read = 0;
        var differing = 0;
        string? first = null;
        var followers = sources.Where(s => s.Symbol != leader && sample.Symbols.Contains(s.Symbol)).Take(maxSymbols);
        foreach (var source in sources.Where(s => s.Symbol == leader).Concat(followers))
        {
            await foreach (var (ts, hash) in Hashes(source, leader, sample, leading, cancellation))
            {
                read++;
                if (hash == sample.Of(source.Symbol)[ts])
                    continue;
                differing++;
                first ??= $"{source.Symbol} at {DateTimeOffset.FromUnixTimeMilliseconds(ts).ToString("u", CultureInfo.InvariantCulture)}";
            }
        }
        var leak = first is null
            ? null
            : $"leak: {differing} of {read} sampled rows differ from what was known before their instant, the first one {first}";
        return new RowAuditReport(read, differing, leak);
    }

    private async IAsyncEnumerable<(long Ts, string Hash)> Hashes(
        SymbolSource source, string? leader, RowSample sample, Dictionary<long, (float[]? Returns, ulong BarsRead)> leading,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var leads = source.Symbol == leader;
        var wanted = sample.Of(source.Symbol);
        ulong barsRead = 0;
        Queue<(long Ts, float[] Market)> ended = new();
        var run = new SymbolRun(schema, r => Keep(r.Features));
        await using var embeddings = new EmbeddingFeed(source.Embeddings.GetAsyncEnumerator(cancellation));
        var row = new float[schema.Count];
        await foreach (var bar in source.Bars.WithCancellation(cancellation))
        {
            barsRead = RowSample.Chain(barsRead, bar);
            run.Take(bar);
            while (ended.TryDequeue(out var slot))
            {
                await embeddings.AdvanceTo(slot.Ts);
                if (!IsUnchanged(slot.Ts))
                    continue;
                FeatureRow.Compose(
                    schema, slot.Ts, slot.Market, leads ? null : leading.GetValueOrDefault(slot.Ts).Returns, embeddings.A.Newest(slot.Ts),
                    embeddings.B.Newest(slot.Ts), row);
                yield return (slot.Ts, FeatureRow.Hash(row));
            }
        }

        void Keep(SymbolFeatures features)
        {
            var returns = new float[FeatureSchema.LeaderReturns];
            if (leads)
                leading[features.EndTs] = (features.TryReadReturns(returns) ? returns : null, barsRead);
            var market = new float[schema.MarketCount];
            if (wanted.ContainsKey(features.EndTs) && sample.BarsBefore(source.Symbol, features.EndTs) == barsRead && features.TryRead(market))
                ended.Enqueue((features.EndTs, market));
        }

        bool IsUnchanged(long ts) =>
            sample.EmbeddingsAt(source.Symbol, ts) == embeddings.Taken
            && (leader is null || leads
                || (leading.TryGetValue(ts, out var known) ? sample.BarsBefore(leader, ts) == known.BarsRead : sample.BarsBefore(leader, ts) is null));
    }
}
