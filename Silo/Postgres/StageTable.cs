using Npgsql;
using NpgsqlTypes;

namespace Hts.Postgres;

/// <summary>Writing rows into a temporary table that empties itself at each commit.</summary>
internal static class StageTable
{
    public static async Task Make(NpgsqlConnection connection, string name, string columns, CancellationToken cancellation)
    {
        await using var make = new NpgsqlCommand($"CREATE TEMP TABLE IF NOT EXISTS {name} ({columns}) ON COMMIT DELETE ROWS", connection);
        await make.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task WriteOrNull<T>(this NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type, CancellationToken cancellation)
        where T : class
    {
        if (value is null)
            await copy.WriteNullAsync(cancellation);
        else
            await copy.WriteAsync(value, type, cancellation);
    }

    public static async Task WriteOrNull(this NpgsqlBinaryImporter copy, long? value, CancellationToken cancellation)
    {
        if (value is { } known)
            await copy.WriteAsync(known, NpgsqlDbType.Bigint, cancellation);
        else
            await copy.WriteNullAsync(cancellation);
    }

    public static async Task WriteOrNull(this NpgsqlBinaryImporter copy, DateTime? value, CancellationToken cancellation)
    {
        if (value is { } known)
            await copy.WriteAsync(known, NpgsqlDbType.TimestampTz, cancellation);
        else
            await copy.WriteNullAsync(cancellation);
    }

    public static async Task WriteOrNull(this NpgsqlBinaryImporter copy, double? value, CancellationToken cancellation)
    {
        if (value is { } known)
            await copy.WriteAsync(known, NpgsqlDbType.Double, cancellation);
        else
            await copy.WriteNullAsync(cancellation);
    }

    /// <summary>Runs a statement that answers with ordinals of staged rows and marks those as written.</summary>
    public static async Task MarkWritten(NpgsqlConnection connection, string sql, bool[] written, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            written[reader.GetInt32(0)] = true;
    }
}
