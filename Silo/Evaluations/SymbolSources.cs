using System.Runtime.CompilerServices;
using Hts.Bars;
using Hts.Commands;
using Hts.DataSets;
using Hts.Embeddings;
using Hts.Features;
using Hts.Postgres;

namespace Hts.Evaluations;

/// <summary>What an evaluation reads, as the data set's maker wants it.</summary>
internal static class SymbolSources
{
    /// <summary>Bars in memory, with the embeddings that a live market would have made of them.</summary>
    public static IReadOnlyList<SymbolSource> Of(IReadOnlyDictionary<string, List<Bar>> bars, FeatureSchema schema) =>
        [.. bars.Select(b => new SymbolSource(b.Key, b.Value.ToAsyncEnumerable(), BarEmbeddings.Of(b.Key, b.Value, schema).ToAsyncEnumerable()))];

    /// <summary>Stored bars and embeddings, streamed.</summary>
    /// <param name="wanted">Symbols; empty for all.</param>
    /// <exception cref="UserErrorException">A symbol is not stored, or nothing is.</exception>
    public static async Task<IReadOnlyList<SymbolSource>> Of(
        PostgresStore store, IReadOnlyList<string> wanted, long fromTs, long toTs, CancellationToken cancellation)
    {
        var known = await store.SymbolsWithBars(cancellation);
        if (known.Count == 0)
            throw new UserErrorException("The database holds no bars; import bars first, or give a folder with --bars.");
        if (wanted.FirstOrDefault(symbol => !known.Contains(symbol)) is { } missing)
            throw new UserErrorException($"The database holds no bars of {missing}; there are {string.Join(", ", known)}.");
        return
        [
            .. (wanted.Count == 0 ? known : wanted).Select(symbol => new SymbolSource(
                symbol, Bars(store, symbol, fromTs, toTs, cancellation), Embeddings(store, symbol, fromTs, toTs, cancellation))),
        ];
    }

    private static async IAsyncEnumerable<Bar> Bars(
        PostgresStore store, string symbol, long fromTs, long toTs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var stored in store.Bars.Stream(symbol, fromTs, toTs, cancellation))
            yield return stored.Bar;
    }

    private static async IAsyncEnumerable<EmbeddingPair> Embeddings(
        PostgresStore store, string symbol, long fromTs, long toTs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.Embeddings.Stream(symbol, fromTs, toTs, cancellation))
        {
            var a = row.A is null ? null : new Embedding(row.BaseTs, row.KnownAt, row.A) { ReceivedAtMs = row.ReceivedAt ?? row.KnownAt };
            var b = row.B is null ? null : new Embedding(row.BaseTs, row.KnownAt, row.B) { ReceivedAtMs = row.ReceivedAt ?? row.KnownAt };
            if (a is not null || b is not null)
                yield return new EmbeddingPair(a, b);
        }
    }
}
