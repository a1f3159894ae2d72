using Hts.Training;
using Npgsql;

namespace Hts.Postgres;

internal sealed class PostgresTrainingRunStore(NpgsqlDataSource database) : ITrainingRunStore
{
    public async Task Write(TrainingRunRow row, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO hts.training_runs (job_name, run_ts, state, started_at, finished_at, rows, model_version, backend, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (job_name) DO UPDATE SET
                run_ts = excluded.run_ts, state = excluded.state, started_at = excluded.started_at, finished_at = excluded.finished_at,
                rows = excluded.rows, model_version = excluded.model_version, backend = excluded.backend, reason = excluded.reason
            """);
        command.Add(
            row.JobName, Instant.FromMs(row.RunTs), row.State, Instant.FromMs(row.StartedAt), Instant.FromMs(row.FinishedAt), row.Rows,
            row.ModelVersion, row.Backend, row.Reason);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<IReadOnlyList<TrainingRunRow>> List(int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            SELECT job_name, run_ts, state, started_at, finished_at, rows, model_version, backend, reason
            FROM hts.training_runs ORDER BY started_at DESC, job_name DESC LIMIT $1
            """);
        command.Add(limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<TrainingRunRow>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new TrainingRunRow(
                reader.GetString(0), Instant.ToMs(reader.GetDateTime(1)), reader.GetString(2), Instant.ToMs(reader.GetDateTime(3)),
                reader.IsDBNull(4) ? null : Instant.ToMs(reader.GetDateTime(4)), reader.IsDBNull(5) ? null : reader.GetInt64(5),
                reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetString(7), reader.GetString(8)));
        }

        return found;
    }
}
