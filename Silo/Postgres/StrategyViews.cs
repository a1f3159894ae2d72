using System.Text;
using Npgsql;

namespace Hts.Postgres;

/// <summary>
/// The views that name one column per strategy. They follow the set in force, so that another strategy needs no migration;
/// rows of older sets show what they know of each.
/// </summary>
internal static class StrategyViews
{
    /// <summary>Any number that nothing else in the database locks; "htsview" in ASCII.</summary>
    private const long LockKey = 0x68_74_73_76_69_65_77;

    /// <summary>Part of the views' comment; raised when their shape changes.</summary>
    private const int Shape = 1;

    public static async Task Make(NpgsqlDataSource database, IReadOnlyList<string> strategies, CancellationToken cancellation)
    {
        var stamp = $"shape {Shape}: {string.Join(", ", strategies)}";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Execute(connection, $"SELECT pg_advisory_xact_lock({LockKey})", cancellation);
        await using (var look = new NpgsqlCommand("SELECT obj_description(to_regclass('hts.simulations_10m'), 'pg_class')", connection))
        {
            // Replacing a view locks its readers out for a moment: only when it must be.
            if (await look.ExecuteScalarAsync(cancellation) as string == stamp)
                return;
        }

        await Execute(connection, Predictions(strategies), cancellation);
        await Execute(connection, Simulations(strategies), cancellation);
        await Execute(connection, $"COMMENT ON VIEW hts.simulations_10m IS '{stamp}'", cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static string Predictions(IReadOnlyList<string> strategies) =>
        $"""
        DROP VIEW IF EXISTS hts.predictions;
        CREATE VIEW hts.predictions AS
        SELECT s.name AS symbol, l.base_ts, l.role, l.model_version, l.epoch, l.target_ts{Columns(strategies, "l.predicted", "predicted_{0}")}{Columns(strategies, "l.lower", "lower_{0}")}{Columns(strategies, "l.upper", "upper_{0}")},
               l.pick, l.reason, l.features_hash, l.created_at{Columns(strategies, "l.outcome", "outcome_{0}")}, l.settled_at, l.settle_reason
        FROM hts.ledger l JOIN hts.symbols s ON s.id = l.symbol_id JOIN hts.strategy_sets n ON n.id = l.strategy_set
        """;

    private static string Simulations(IReadOnlyList<string> strategies) =>
        $"""
        DROP VIEW IF EXISTS hts.simulations_10m;
        CREATE VIEW hts.simulations_10m AS
        SELECT s.name AS symbol, l.ts{Columns(strategies, "l.net_pct", "{0}_return_pct")}{Columns(strategies, "l.gross_pct", "{0}_gross_pct")}{Columns(strategies, "l.sides", "{0}_sides")}, l.complete
        FROM hts.slots l JOIN hts.symbols s ON s.id = l.symbol_id JOIN hts.strategy_sets n ON n.id = l.strategy_set
        """;

    private static string Columns(IReadOnlyList<string> strategies, string array, string nameFormat)
    {
        var columns = new StringBuilder();
        foreach (var strategy in strategies)
            columns.Append($", {array}[array_position(n.names, '{strategy}')] AS {nameFormat.Replace("{0}", strategy, StringComparison.Ordinal)}");
        return columns.ToString();
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
