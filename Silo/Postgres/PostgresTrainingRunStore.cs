using Hts.Training;
using Npgsql;

namespace Hts.Postgres;

internal sealed class PostgresTrainingRunStore(NpgsqlDataSource database) : ITrainingRunStore
{
    public async Task Write(TrainingRunRow row, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO hts.training_runs (job_name, run_ts, state, started_at, finished_at, rows, model_version, backend, reason,
                place, estimated_seconds, billable_seconds, cost)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (job_name) DO UPDATE SET
                run_ts = excluded.run_ts, state = excluded.state, started_at = excluded.started_at, finished_at = excluded.finished_at,
                rows = excluded.rows, model_version = excluded.model_version, backend = excluded.backend, reason = excluded.reason,
                place = excluded.place, estimated_seconds = excluded.estimated_seconds, billable_seconds = excluded.billable_seconds,
                cost = excluded.cost
            """);
        command.Add(
            row.JobName, Instant.FromMs(row.RunTs), row.State, Instant.FromMs(row.StartedAt), Instant.FromMs(row.FinishedAt), row.Rows,
            row.ModelVersion, row.Backend, row.Reason, row.Place, row.EstimatedSeconds, row.BillableSeconds, row.Cost);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task WriteGate(GateRecord gate, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "UPDATE hts.training_runs SET gate_input = $2::json, gate_decision = $3::json WHERE job_name = $1 AND gate_decision IS NULL");
        command.Add(gate.JobName, gate.InputJson, gate.DecisionJson);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<GateRecord?> FindGate(string jobName, CancellationToken cancellation)
    {
        var found = await Gates("job_name = $1", cancellation, jobName);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<IReadOnlyList<GateRecord>> ListGates(int limit, CancellationToken cancellation) =>
        await Gates("true ORDER BY started_at DESC, job_name DESC LIMIT $1", cancellation, limit);

    public async Task<IReadOnlyList<GateRecord>> ListGatesAfter(
        long startedAt, string jobName, int limit, CancellationToken cancellation) => await Gates(
        "(started_at, job_name) < ($1, $2) ORDER BY started_at DESC, job_name DESC LIMIT $3", cancellation, Instant.FromMs(startedAt), jobName, limit);

    private async Task<List<GateRecord>> Gates(string which, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = database.CreateCommand(
            $"SELECT job_name, gate_input, gate_decision FROM hts.training_runs WHERE gate_decision IS NOT NULL AND {which}");
        command.Add(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<GateRecord>();
        while (await reader.ReadAsync(cancellation))
            found.Add(new GateRecord(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return found;
    }

    public async Task<double?> UsualSeconds(string place, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY billable_seconds) FROM (
                SELECT billable_seconds FROM hts.training_runs
                WHERE place = $1 AND billable_seconds IS NOT NULL AND model_version IS NOT NULL
                ORDER BY started_at DESC LIMIT 10) lately
            """);
        command.Add(place);
        return await command.ExecuteScalarAsync(cancellation) as double?;
    }

    public Task<IReadOnlyList<TrainingRunRow>> List(int limit, CancellationToken cancellation) =>
        Runs("ORDER BY started_at DESC, job_name DESC LIMIT $1", cancellation, limit);

    public Task<IReadOnlyList<TrainingRunRow>> ListAfter(long startedAt, string jobName, int limit, CancellationToken cancellation) => Runs(
        "WHERE (started_at, job_name) < ($1, $2) ORDER BY started_at DESC, job_name DESC LIMIT $3", cancellation,
        Instant.FromMs(startedAt), jobName, limit);

    private async Task<IReadOnlyList<TrainingRunRow>> Runs(string which, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT job_name, run_ts, state, started_at, finished_at, rows, model_version, backend, reason,
                place, estimated_seconds, billable_seconds, cost
            FROM hts.training_runs {which}
            """);
        command.Add(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<TrainingRunRow>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new TrainingRunRow(
                reader.GetString(0), Instant.ToMs(reader.GetDateTime(1)), reader.GetString(2), Instant.ToMs(reader.GetDateTime(3)),
                reader.IsDBNull(4) ? null : Instant.ToMs(reader.GetDateTime(4)), reader.IsDBNull(5) ? null : reader.GetInt64(5),
                reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetString(7), reader.GetString(8),
                reader.IsDBNull(9) ? null : reader.GetString(9), Number(10), Number(11), Number(12)));
        }

        return found;

        double? Number(int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
    }
}
