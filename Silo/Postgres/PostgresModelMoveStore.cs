using Hts.Models;
using Npgsql;

namespace Hts.Postgres;

internal sealed class PostgresModelMoveStore(NpgsqlDataSource database) : IModelMoveStore
{
    private const string Columns =
        "id, at, action, version, by, reason, pointer, epoch, effective_from, uri, sha256, job_name, train_uri, updated_at";

    public async Task Write(ModelMoveRow row, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            INSERT INTO hts.model_moves ({Columns.Replace("id, ", "")})
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (epoch) DO NOTHING
            """);
        var epoch = row.Epoch;
        command.Add(
            Instant.FromMs(row.At), row.Action, row.Version, row.By, row.Reason, row.Pointer, epoch?.Number, Instant.FromMs(epoch?.EffectiveFrom),
            epoch?.Uri, epoch?.Sha256, epoch?.JobName, epoch?.TrainUri, Instant.FromMs(epoch?.UpdatedAt));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public Task<IReadOnlyList<ModelMoveRow>> List(long beforeId, int limit, CancellationToken cancellation) =>
        Query("id < $1 ORDER BY id DESC LIMIT $2", cancellation, beforeId, limit);

    public async Task<IReadOnlyList<EpochMessage>> Epochs(int limit, CancellationToken cancellation) =>
        [.. (await Query("epoch IS NOT NULL ORDER BY epoch DESC LIMIT $1", cancellation, limit)).Select(row => row.Epoch!)];

    public async Task Intend(string pointer, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "INSERT INTO hts.model_intent (pointer) VALUES ($1) ON CONFLICT (one) DO UPDATE SET pointer = excluded.pointer");
        command.Add(pointer);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<string?> Intended(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT pointer FROM hts.model_intent");
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    public async Task<ModelMoveRow?> FindLast(CancellationToken cancellation)
    {
        var found = await Query("pointer IS NOT NULL OR epoch IS NOT NULL ORDER BY id DESC LIMIT 1", cancellation);
        return found.Count == 0 ? null : found[0];
    }

    private async Task<IReadOnlyList<ModelMoveRow>> Query(string which, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = database.CreateCommand($"SELECT {Columns} FROM hts.model_moves WHERE {which}");
        command.Add(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<ModelMoveRow>();
        while (await reader.ReadAsync(cancellation))
        {
            var version = reader.IsDBNull(3) ? null : reader.GetString(3);
            var (by, reason) = (reader.GetString(4), reader.GetString(5));
            var epoch = reader.IsDBNull(7)
                ? null
                : new EpochMessage(
                    reader.GetInt64(7), version!, Instant.ToMs(reader.GetDateTime(8)), reader.GetString(9), reader.GetString(10), reader.GetString(11),
                    reader.GetString(12), Instant.ToMs(reader.GetDateTime(13)), reason, by);
            found.Add(new ModelMoveRow(
                reader.GetInt64(0), Instant.ToMs(reader.GetDateTime(1)), reader.GetString(2), version, epoch, by, reason,
                reader.IsDBNull(6) ? null : reader.GetString(6)));
        }

        return found;
    }
}
