using System.Runtime.CompilerServices;
using Hts.Embeddings;
using Npgsql;

namespace Hts.Postgres;

internal sealed class PostgresEmbeddingStore(NpgsqlDataSource database, SymbolIds ids, BatchWriter<EmbeddingRow> writer) : IEmbeddingStore
{
    private const string Select =
        "SELECT base_ts, text_type_a, text_type_b, embedding_a, embedding_b, model, known_at, received_at FROM hts.embeddings";

    public Task Write(EmbeddingRow row, CancellationToken cancellation) => writer.Write(row, cancellation);

    public async Task<IReadOnlyList<EmbeddingRow>> ReadLast(string symbol, int count, long knownBy, CancellationToken cancellation) =>
        await Last(symbol, "known_at <= $2", knownBy, count, cancellation);

    public async Task<IReadOnlyList<EmbeddingRow>> ReadNewest(string symbol, int count, CancellationToken cancellation)
    {
        var found = new List<EmbeddingRow>();
        await foreach (var row in Query(
            symbol, $"{Select} WHERE symbol_id = $1 AND base_ts IN ({NewestOf("embedding_a")} UNION {NewestOf("embedding_b")}) ORDER BY base_ts", [count], cancellation))
            found.Add(row);
        return found;
    }

    public async Task<IReadOnlyList<EmbeddingRow>> ReadBefore(string symbol, long beforeTs, int count, CancellationToken cancellation) =>
        await Last(symbol, "base_ts < $2", beforeTs, count, cancellation);

    public IAsyncEnumerable<EmbeddingRow> Stream(string symbol, long fromTs, long toTs, CancellationToken cancellation) => Query(
        symbol, $"{Select} WHERE symbol_id = $1 AND base_ts >= $2 AND base_ts < $3 ORDER BY base_ts",
        [Instant.FromMs(fromTs), Instant.FromMs(toTs)], cancellation);

    private static string NewestOf(string text) =>
        $"(SELECT base_ts FROM hts.embeddings WHERE symbol_id = $1 AND {text} IS NOT NULL ORDER BY base_ts DESC LIMIT $2)";

    private async Task<List<EmbeddingRow>> Last(string symbol, string which, long bound, int count, CancellationToken cancellation)
    {
        var found = new List<EmbeddingRow>();
        await foreach (var row in Query(
            symbol, $"{Select} WHERE symbol_id = $1 AND {which} ORDER BY base_ts DESC LIMIT $3", [Instant.FromMs(bound), count], cancellation))
            found.Add(row);
        found.Reverse();
        return found;
    }

    private async IAsyncEnumerable<EmbeddingRow> Query(
        string symbol, string sql, object[] parameters, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await ids.Find(symbol, cancellation) is not { } id)
            yield break;
        await using var command = database.CreateCommand(sql);
        command.Add(id);
        command.Add(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return new EmbeddingRow(
                symbol, Instant.ToMs(reader.GetDateTime(0)), Value<string>(1), Value<string>(2), Value<float[]>(3), Value<float[]>(4),
                reader.GetString(5), Instant.ToMs(reader.GetDateTime(6)), reader.IsDBNull(7) ? null : Instant.ToMs(reader.GetDateTime(7)));
        }

        T? Value<T>(int column) where T : class => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
    }
}
