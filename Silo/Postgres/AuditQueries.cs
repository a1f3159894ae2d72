using System.Runtime.CompilerServices;
using Hts.Bars;
using Npgsql;

namespace Hts.Postgres;

/// <summary>
/// Looks for what must never be: slots of a symbol's span without a champion row, two rows for one, rows off the slot grid,
/// rows past their time that are not settled, holes in the bars that no gap explains.
/// </summary>
/// <remarks>
/// What is due is judged by the newest evidence of life in the database, never by the clock: a system that stood still owes
/// nothing for the time it was away until it runs again. Evidence of a symbol is the end of its newest bar and the newest
/// creation or settlement of any of its ledger rows. A slot is due when its base_ts is a grace older than that, a settlement
/// when its target_ts is older by that grace and the time that settlements may wait for late bars.
/// </remarks>
/// <param name="grace">Time that a running system may take: for slot end, reminder and storage.</param>
/// <param name="settleGrace">Time that a settlement may wait for late bars.</param>
public sealed class AuditQueries(NpgsqlDataSource database, Grid grid, TimeSpan grace, TimeSpan settleGrace)
{
    public static AuditQueries Create(NpgsqlDataSource database, Grid grid, TimeSpan settleGrace) =>
        new(database, grid, TimeSpan.FromMilliseconds(grid.SlotMs), settleGrace);

    /// <summary>All findings, symbol by symbol, neighbouring ones joined.</summary>
    public async IAsyncEnumerable<AuditFinding> Run([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        // One picture of everything: a row that is written while we look must not show half.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        foreach (var (id, name) in await Symbols(connection, cancellation))
        {
            var findings = new List<AuditFinding>();
            var evidence = await Evidence(connection, id, cancellation);
            if (evidence is { } newest)
            {
                var horizon = Instant.FromMs(newest - (long)grace.TotalMilliseconds);
                findings.AddRange(await Missing(connection, id, name, horizon, cancellation));
                findings.AddRange(await Ledger(connection, name, "unsettled", Unsettled, [id, horizon - settleGrace], cancellation));
            }

            findings.AddRange(await Ledger(connection, name, "double", Doubled, [id], cancellation));
            findings.AddRange(await Ledger(connection, name, "off-grid", OffGrid, [id, TimeSpan.FromMilliseconds(grid.SlotMs)], cancellation));
            findings.AddRange(await Holes(connection, id, name, cancellation));
            foreach (var finding in findings)
                yield return finding;
        }
    }

    private const string Unsettled =
        """
        SELECT base_ts, role, 1::bigint FROM hts.ledger
        WHERE symbol_id = $1 AND settled_at IS NULL AND target_ts <= $2 ORDER BY role, base_ts
        """;

    // The key forbids it; a damaged index would not.
    private const string Doubled =
        """
        SELECT base_ts, role, count(*) FROM hts.ledger
        WHERE symbol_id = $1 GROUP BY base_ts, role HAVING count(*) > 1 ORDER BY role, base_ts
        """;

    private const string OffGrid =
        """
        SELECT base_ts, role, 1::bigint FROM hts.ledger
        WHERE symbol_id = $1 AND (base_ts <> date_bin($2, base_ts, 'epoch'::timestamptz) OR target_ts <> base_ts + $2) ORDER BY role, base_ts
        """;

    private static async Task<List<(int Id, string Name)>> Symbols(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT id, name FROM hts.symbols ORDER BY name", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(int, string)>();
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetInt32(0), reader.GetString(1)));
        return found;
    }

    /// <summary>Newest sign of life of a symbol, Unix ms; null when there is none.</summary>
    private async Task<long?> Evidence(NpgsqlConnection connection, int id, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT greatest(
                (SELECT max(ts) + $2 FROM hts.bars WHERE symbol_id = $1),
                (SELECT greatest(max(created_at), max(settled_at)) FROM hts.ledger WHERE symbol_id = $1))
            """,
            connection);
        command.Add(id, TimeSpan.FromMilliseconds(grid.BarMs));
        return await command.ExecuteScalarAsync(cancellation) is DateTime newest ? Instant.ToMs(newest) : null;
    }

    private async Task<List<AuditFinding>> Missing(
        NpgsqlConnection connection, int id, string name, DateTime horizon, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT slot FROM hts.symbol_spans p
            CROSS JOIN LATERAL generate_series(p.first_slot, least(p.stop_slot - $3, $2), $3) AS slot
            WHERE p.symbol_id = $1 AND NOT EXISTS (
                SELECT 1 FROM hts.ledger l WHERE l.symbol_id = $1 AND l.base_ts = slot AND l.role = 'champion')
            ORDER BY slot
            """,
            connection);
        command.Add(id, horizon, TimeSpan.FromMilliseconds(grid.SlotMs));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new Runs("missing", name, grid.SlotMs);
        while (await reader.ReadAsync(cancellation))
            found.Add(Instant.ToMs(reader.GetDateTime(0)), "champion", 1);
        return found.Findings;
    }

    private async Task<List<AuditFinding>> Ledger(
        NpgsqlConnection connection, string name, string kind, string sql, object[] parameters, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Add(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new Runs(kind, name, grid.SlotMs);
        while (await reader.ReadAsync(cancellation))
            found.Add(Instant.ToMs(reader.GetDateTime(0)), reader.GetString(1), reader.GetInt64(2));
        return found.Findings;
    }

    /// <summary>Bars that lack between a symbol's first and last one, less what gaps explain.</summary>
    private async Task<List<AuditFinding>> Holes(NpgsqlConnection connection, int id, string name, CancellationToken cancellation)
    {
        var gaps = await Spans(
            connection, "SELECT from_ts, to_ts FROM hts.bar_gaps WHERE symbol_id = $1 AND repaired_at IS NULL ORDER BY from_ts", [id], cancellation);
        var holes = await Spans(
            connection,
            """
            SELECT before + $2, ts FROM (SELECT ts, lag(ts) OVER (ORDER BY ts) AS before FROM hts.bars WHERE symbol_id = $1) b
            WHERE ts > before + $2 ORDER BY ts
            """,
            [id, TimeSpan.FromMilliseconds(grid.BarMs)], cancellation);
        var found = new List<AuditFinding>();
        foreach (var (from, to) in holes)
        {
            var at = from;
            foreach (var gap in gaps.Where(g => g.To > from && g.From < to).Append((From: to, To: to)))
            {
                if (gap.From > at)
                    found.Add(new AuditFinding("hole", name, at, gap.From, null, (gap.From - at + grid.BarMs - 1) / grid.BarMs));
                at = Math.Max(at, gap.To);
            }
        }

        return found;
    }

    private static async Task<List<(long From, long To)>> Spans(
        NpgsqlConnection connection, string sql, object[] parameters, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Add(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var spans = new List<(long, long)>();
        while (await reader.ReadAsync(cancellation))
            spans.Add((Instant.ToMs(reader.GetDateTime(0)), Instant.ToMs(reader.GetDateTime(1))));
        return spans;
    }

    /// <summary>Joins neighbouring slots of one role into one finding.</summary>
    private sealed class Runs(string kind, string symbol, long slotMs)
    {
        public List<AuditFinding> Findings { get; } = [];

        public void Add(long ts, string role, long count)
        {
            if (Findings.Count > 0 && Findings[^1] is { } last && last.Role == role && last.ToTs == ts)
                Findings[^1] = last with { ToTs = ts + slotMs, Count = last.Count + count };
            else
                Findings.Add(new AuditFinding(kind, symbol, ts, ts + slotMs, role, count));
        }
    }
}
