using Hts.Embeddings;
using Npgsql;
using NpgsqlTypes;

namespace Hts.Postgres;

/// <summary>Stores embeddings; what a write leaves out stays, and is then known no earlier than either part.</summary>
internal sealed class EmbeddingSink(SymbolIds ids) : IBatchSink<EmbeddingRow>
{
    private const string Columns = "symbol_id, base_ts, text_type_a, text_type_b, embedding_a, embedding_b, model, known_at, received_at";

    public string Name => "embeddings";

    public RowKey? KeyOf(EmbeddingRow item) => new RowKey(item.Symbol, item.BaseTs);

    public int RowsOf(EmbeddingRow item) => 1;

    public Task Prepare(NpgsqlConnection connection, CancellationToken cancellation) => StageTable.Make(
        connection, "embedding_stage",
        """
        symbol_id integer, base_ts timestamptz, text_type_a text, text_type_b text, embedding_a real[], embedding_b real[], model text,
        known_at timestamptz, received_at timestamptz
        """,
        cancellation);

    public async Task Store(
        NpgsqlConnection connection, IReadOnlyList<EmbeddingRow> batch, bool[] written, bool again, CancellationToken cancellation)
    {
        Array.Fill(written, true);
        await ids.Ensure(connection, batch.Select(r => r.Symbol), cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Copy(connection, batch, cancellation);
        await using var merge = new NpgsqlCommand(
            $"""
            INSERT INTO hts.embeddings AS e ({Columns}) SELECT {Columns} FROM embedding_stage ORDER BY symbol_id, base_ts
            ON CONFLICT (symbol_id, base_ts) DO UPDATE SET
                text_type_a = coalesce(excluded.text_type_a, e.text_type_a), text_type_b = coalesce(excluded.text_type_b, e.text_type_b),
                embedding_a = coalesce(excluded.embedding_a, e.embedding_a), embedding_b = coalesce(excluded.embedding_b, e.embedding_b),
                model = excluded.model,
                known_at = CASE WHEN excluded.embedding_a IS NULL OR excluded.embedding_b IS NULL
                    THEN greatest(excluded.known_at, e.known_at) ELSE excluded.known_at END,
                received_at = CASE WHEN excluded.embedding_a IS NULL OR excluded.embedding_b IS NULL
                    THEN greatest(excluded.received_at, e.received_at) ELSE excluded.received_at END
            """,
            connection);
        await merge.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task Copy(NpgsqlConnection connection, IReadOnlyList<EmbeddingRow> batch, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY embedding_stage ({Columns}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var row in batch)
        {
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(ids[row.Symbol], NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(Instant.FromMs(row.BaseTs), NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteOrNull(row.TextA, NpgsqlDbType.Text, cancellation);
            await copy.WriteOrNull(row.TextB, NpgsqlDbType.Text, cancellation);
            await copy.WriteOrNull(row.A, NpgsqlDbType.Array | NpgsqlDbType.Real, cancellation);
            await copy.WriteOrNull(row.B, NpgsqlDbType.Array | NpgsqlDbType.Real, cancellation);
            await copy.WriteAsync(row.Model, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(Instant.FromMs(row.KnownAt), NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteOrNull(Instant.FromMs(row.ReceivedAt), cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }
}
