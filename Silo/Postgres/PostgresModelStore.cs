using Hts.Models;
using Npgsql;
using NpgsqlTypes;

namespace Hts.Postgres;

internal sealed class PostgresModelStore(NpgsqlDataSource database) : IModelStore
{
    private const string Columns =
        "version, kind, state, epoch, effective_from, uri, sha256, job_name, train_uri, created_at, reason, mean_pct, metrics, decision, anchor_from";

    public async Task Write(ModelRow row, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            INSERT INTO hts.models ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            ON CONFLICT (version) DO UPDATE SET
                kind = excluded.kind, state = excluded.state, epoch = excluded.epoch, effective_from = excluded.effective_from, uri = excluded.uri,
                sha256 = excluded.sha256, job_name = excluded.job_name, train_uri = excluded.train_uri, created_at = excluded.created_at,
                reason = excluded.reason, mean_pct = excluded.mean_pct, metrics = excluded.metrics, decision = excluded.decision, anchor_from = excluded.anchor_from
            """);
        command.Add(
            row.Version, row.Kind, row.State, row.Epoch, Instant.FromMs(row.EffectiveFrom), row.Uri, row.Sha256, row.JobName, row.TrainUri,
            Instant.FromMs(row.CreatedAt), row.Reason, row.MeanPct);
        command.Parameters.Add(new() { Value = row.MetricsJson, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = row.DecisionJson, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Add(Instant.FromMs(row.AnchorFrom));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<ModelRow?> Find(string version, CancellationToken cancellation)
    {
        var found = await Query($"SELECT {Columns} FROM hts.models WHERE version = $1", cancellation, version);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<ModelRow?> FindAnchor(CancellationToken cancellation)
    {
        var found = await Query(
            $"SELECT {Columns} FROM hts.models WHERE anchor_from IS NOT NULL ORDER BY anchor_from DESC, version LIMIT $1", cancellation, 1);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<IReadOnlyList<ModelRow>> List(int limit, CancellationToken cancellation) =>
        await Query($"SELECT {Columns} FROM hts.models ORDER BY created_at DESC, version DESC LIMIT $1", cancellation, limit);

    public async Task<IReadOnlyDictionary<string, double[]>> Means(IReadOnlyCollection<string> versions, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT version, mean_pct FROM hts.models WHERE version = ANY($1)");
        command.Add([versions.ToArray()]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var means = new Dictionary<string, double[]>();
        while (await reader.ReadAsync(cancellation))
            means[reader.GetString(0)] = reader.GetFieldValue<double[]>(1);
        return means;
    }

    public async Task<IReadOnlyDictionary<string, string>> Recipes(IReadOnlyCollection<string> versions, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT version, kind, metrics FROM hts.models WHERE version = ANY($1)");
        command.Add([versions.ToArray()]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var recipes = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancellation))
            recipes[reader.GetString(0)] = Recipe.Of(reader.GetString(1), reader.GetString(2));
        return recipes;
    }

    public async Task<IReadOnlyList<ModelRow>> ListAfter(long createdAt, string version, int limit, CancellationToken cancellation) => await Query(
        $"SELECT {Columns} FROM hts.models WHERE (created_at, version) < ($1, $2) ORDER BY created_at DESC, version DESC LIMIT $3", cancellation,
        Instant.FromMs(createdAt), version, limit);

    private async Task<List<ModelRow>> Query(string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        command.Add(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<ModelRow>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new ModelRow(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetInt64(3),
                reader.IsDBNull(4) ? null : Instant.ToMs(reader.GetDateTime(4)), reader.GetString(5), reader.GetString(6), reader.GetString(7),
                reader.GetString(8), Instant.ToMs(reader.GetDateTime(9)), reader.GetString(10), reader.GetFieldValue<double[]>(11),
                reader.GetString(12), reader.GetString(13))
            {
                AnchorFrom = reader.IsDBNull(14) ? null : Instant.ToMs(reader.GetDateTime(14)),
            });
        }

        return found;
    }
}
