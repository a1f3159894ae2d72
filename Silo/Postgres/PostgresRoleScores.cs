using Hts.Gates;
using Hts.Ledgers;
using Hts.Scores;
using Npgsql;

namespace Hts.Postgres;

internal sealed class PostgresRoleScores(NpgsqlDataSource database, SymbolIds ids, StrategySets sets) : IRoleScores
{
    public async Task<IReadOnlyList<RoleDay>> Days(
        string role, ServedRecipe champion, string? anchorVersion, long fromTs, long toTs, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            WITH slots AS (
                SELECT date_bin('1 day', x.base_ts, 'epoch'::timestamptz) AS day, x.symbol_id,
                       coalesce(c.loss, k.loss) AS champion, x.loss AS role, t.loss AS cond, a.loss AS anchor,
                       num_nulls(coalesce(c.loss, k.loss), x.loss, t.loss) = 0 AS scored
                FROM hts.ledger x
                LEFT JOIN hts.ledger c ON c.symbol_id = x.symbol_id AND c.base_ts = x.base_ts AND c.role = 'champion'
                    AND c.model_version = ANY($6)
                LEFT JOIN hts.ledger k ON k.symbol_id = x.symbol_id AND k.base_ts = x.base_ts AND k.role = $7
                LEFT JOIN hts.ledger t ON t.symbol_id = x.symbol_id AND t.base_ts = x.base_ts AND t.role = 'cond'
                LEFT JOIN hts.ledger a ON a.symbol_id = x.symbol_id AND a.base_ts = x.base_ts AND a.role = 'anchor'
                    AND a.model_version = $5::text
                WHERE x.role = $1 AND x.base_ts >= $2 AND x.base_ts < $3 AND x.strategy_set = $4
            ), symbols AS (
                SELECT day, symbol_id, count(*) FILTER (WHERE scored) AS scored, avg(champion) FILTER (WHERE scored) AS champion,
                       avg(role) FILTER (WHERE scored) AS role, avg(cond) FILTER (WHERE scored) AS cond,
                       avg(anchor) FILTER (WHERE scored) AS anchor, count(anchor) FILTER (WHERE scored) AS anchored
                FROM slots GROUP BY day, symbol_id
            )
            SELECT day, count(*), sum(scored)::bigint, avg(champion), avg(role), avg(cond),
                   CASE WHEN sum(anchored) = sum(scored) THEN avg(anchor) END
            FROM symbols GROUP BY day HAVING sum(scored) > 0 ORDER BY day
            """);
        command.Add(
            role, Instant.FromMs(fromTs), Instant.FromMs(toTs), sets.Current, anchorVersion, champion.Versions.ToArray(),
            Roles.ChallengerOf(champion.Name));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var days = new List<RoleDay>();
        while (await reader.ReadAsync(cancellation))
        {
            days.Add(new RoleDay(
                Instant.ToMs(reader.GetDateTime(0)), (int)reader.GetInt64(1), (int)reader.GetInt64(2), reader.GetDouble(3), reader.GetDouble(4),
                reader.GetDouble(5), reader.IsDBNull(6) ? null : reader.GetDouble(6)));
        }
        return days;
    }

    public async Task<IReadOnlyList<ServedModel>> Served(long fromTs, long toTs, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            SELECT c.model_version, count(*), avg(t.loss - c.loss), max(c.base_ts)
            FROM hts.ledger c JOIN hts.ledger t ON t.symbol_id = c.symbol_id AND t.base_ts = c.base_ts AND t.role = 'cond'
            WHERE c.role = 'champion' AND c.base_ts >= $1 AND c.base_ts < $2 AND c.strategy_set = $3 AND num_nulls(c.loss, t.loss) = 0
            GROUP BY c.model_version ORDER BY c.model_version
            """);
        command.Add(Instant.FromMs(fromTs), Instant.FromMs(toTs), sets.Current);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var served = new List<ServedModel>();
        while (await reader.ReadAsync(cancellation))
            served.Add(new ServedModel(reader.GetString(0), reader.GetInt64(1), reader.GetDouble(2), Instant.ToMs(reader.GetDateTime(3))));
        return served;
    }

    public async Task<RoleFacts> Facts(string role, long fromTs, long toTs, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            WITH forecasts AS (
                SELECT * FROM hts.ledger WHERE role = $1 AND base_ts >= $2 AND base_ts < $3 AND strategy_set = $4
            )
            SELECT (SELECT count(*) FROM forecasts WHERE outcome IS NOT NULL AND predicted IS NOT NULL),
                   (SELECT count(*) FROM forecasts WHERE reason = $5),
                   (SELECT avg((v.outcome BETWEEN v.lower AND v.upper)::integer)::double precision
                    FROM forecasts f, unnest(f.lower, f.upper, f.outcome) AS v (lower, upper, outcome) WHERE v.outcome IS NOT NULL AND v.lower IS NOT NULL),
                   g.ic, g.days
            FROM (
                SELECT corr(v.predicted / f.sigma, v.realised / f.sigma) AS ic, count(DISTINCT date_bin('1 day', f.base_ts, 'epoch'::timestamptz)) AS days
                FROM forecasts f JOIN hts.slots s ON s.symbol_id = f.symbol_id AND s.ts = f.target_ts AND s.strategy_set = f.strategy_set,
                     unnest(f.gross, s.gross_pct, $6::text[]) AS v (predicted, realised, name)
                WHERE f.outcome IS NOT NULL AND f.sigma > 0 AND s.complete AND v.name <> 'short_hold'
            ) g
            """);
        command.Add(role, Instant.FromMs(fromTs), Instant.FromMs(toTs), sets.Current, GateVerdicts.NonFinite, sets.Names.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new RoleFacts(
            reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetDouble(2), reader.IsDBNull(3) ? null : reader.GetDouble(3),
            (int)reader.GetInt64(4));
    }

    public async Task<IReadOnlyList<RoleLoss>> Losses(string? symbol, long fromTs, long toTs, CancellationToken cancellation)
    {
        var id = symbol is null ? null : await ids.Find(symbol, cancellation);
        if (symbol is not null && id is null)
            return [];
        await using var command = database.CreateCommand(
            """
            SELECT x.role, count(*), avg(x.loss), avg(c.loss)
            FROM hts.ledger x JOIN hts.ledger c ON c.symbol_id = x.symbol_id AND c.base_ts = x.base_ts AND c.role = 'champion'
            WHERE x.role <> 'champion' AND x.base_ts >= $1 AND x.base_ts < $2 AND x.strategy_set = $3 AND ($4::integer IS NULL OR x.symbol_id = $4)
                AND x.loss IS NOT NULL AND c.loss IS NOT NULL
            GROUP BY x.role ORDER BY x.role
            """);
        command.Add(Instant.FromMs(fromTs), Instant.FromMs(toTs), sets.Current, id);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var losses = new List<RoleLoss>();
        while (await reader.ReadAsync(cancellation))
            losses.Add(new RoleLoss(reader.GetString(0), reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3)));
        return losses;
    }

    public async Task<IReadOnlyList<SkillDay>> Skill(string? symbol, long fromTs, long toTs, CancellationToken cancellation)
    {
        var id = symbol is null ? null : await ids.Find(symbol, cancellation);
        if (symbol is not null && id is null)
            return [];
        await using var command = database.CreateCommand(
            """
            WITH scored AS (
                SELECT date_bin('1 day', c.base_ts, 'epoch'::timestamptz) AS day, 100 * c.sigma AS scale,
                       c.gross, s.gross_pct, c.predicted, t.predicted AS cond, c.outcome
                FROM hts.ledger c
                LEFT JOIN hts.slots s ON s.symbol_id = c.symbol_id AND s.ts = c.target_ts AND s.strategy_set = c.strategy_set AND s.complete
                LEFT JOIN hts.ledger t ON t.symbol_id = c.symbol_id AND t.base_ts = c.base_ts AND t.role = 'cond' AND t.strategy_set = c.strategy_set
                WHERE c.role = 'champion' AND c.base_ts >= $1 AND c.base_ts < $2 AND c.strategy_set = $3 AND ($4::integer IS NULL OR c.symbol_id = $4)
                    AND c.outcome IS NOT NULL AND c.predicted IS NOT NULL AND c.sigma > 0
            ), pairs AS (
                SELECT x.day, v.name, v.gross / x.scale AS f, v.realised / x.scale AS y,
                       ((v.outcome - v.predicted) / x.scale) ^ 2 AS net, ((v.outcome - v.cond) / x.scale) ^ 2 AS cond
                FROM scored x, unnest(x.gross, x.gross_pct, x.predicted, x.cond, x.outcome, $5::text[])
                    AS v (gross, realised, predicted, cond, outcome, name)
            )
            SELECT day, name, count(f * y), coalesce(sum(f) FILTER (WHERE y IS NOT NULL), 0), coalesce(sum(y) FILTER (WHERE f IS NOT NULL), 0),
                   coalesce(sum(f * f) FILTER (WHERE y IS NOT NULL), 0), coalesce(sum(y * y) FILTER (WHERE f IS NOT NULL), 0), coalesce(sum(f * y), 0),
                   coalesce(sum(net) FILTER (WHERE cond IS NOT NULL), 0), coalesce(sum(cond), 0)
            FROM pairs GROUP BY day, name ORDER BY day, name
            """);
        command.Add(Instant.FromMs(fromTs), Instant.FromMs(toTs), sets.Current, id, sets.Names.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var days = new List<SkillDay>();
        while (await reader.ReadAsync(cancellation))
        {
            var gross = new PairSums(
                reader.GetInt64(2), reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5), reader.GetDouble(6), reader.GetDouble(7));
            days.Add(new SkillDay(Instant.ToMs(reader.GetDateTime(0)), reader.GetString(1), gross, reader.GetDouble(8), reader.GetDouble(9)));
        }
        return days;
    }
}
