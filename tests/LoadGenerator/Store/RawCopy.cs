using Hts.Bars;
using Hts.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Hts.Load.Store;

/// <summary>The same columns and key, one transaction, no partitions and no checks: the most that the wire and the index allow.</summary>
internal static class RawCopy
{
    /// <summary>Makes the table, empty; its time is not counted.</summary>
    public static async Task Prepare(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var make = database.CreateCommand(
            """
            DROP TABLE IF EXISTS raw;
            CREATE TABLE raw (
                symbol_id integer NOT NULL, ts timestamptz NOT NULL, open double precision NOT NULL, high double precision NOT NULL,
                low double precision NOT NULL, close double precision NOT NULL, volume double precision NOT NULL,
                taker_buy_volume double precision NOT NULL, trades integer NOT NULL, last_trade_id bigint NOT NULL,
                known_at timestamptz NOT NULL, revision integer NOT NULL, backfilled boolean NOT NULL, PRIMARY KEY (symbol_id, ts))
            """);
        await make.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task Write(NpgsqlDataSource database, IEnumerable<(int Symbol, StoredBar Bar)> rows, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var copy = await connection.BeginBinaryImportAsync("COPY raw FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var (symbol, (bar, knownAt, revision, isBackfilled)) in rows)
        {
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(symbol, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(Instant.FromMs(bar.Ts), NpgsqlDbType.TimestampTz, cancellation);
            foreach (var value in (double[])[bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.TakerBuyVolume])
                await copy.WriteAsync(value, NpgsqlDbType.Double, cancellation);
            await copy.WriteAsync(bar.Trades, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(bar.LastTradeId, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(Instant.FromMs(knownAt), NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(revision, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(isBackfilled, NpgsqlDbType.Boolean, cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }
}
