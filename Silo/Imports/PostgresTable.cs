using System.Data;
using System.Runtime.CompilerServices;
using Hts.Commands;
using Npgsql;

namespace Hts.Imports;

/// <summary>A table of a PostgreSQL database, streamed in one read-only transaction: nothing there can be changed by it.</summary>
internal sealed class PostgresTable : IBarTable
{
    public const string ConnectionName = "Source";

    private readonly NpgsqlDataSource database;
    private readonly string table;

    /// <param name="table">Name, or schema and name with a dot between.</param>
    /// <exception cref="UserErrorException">The connection string is no connection string.</exception>
    public PostgresTable(string connectionString, string table)
    {
        this.table = table;
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString) { Timezone = "UTC", ApplicationName = "hts-import", CommandTimeout = 0 };
            Name = $"{builder.Host}/{builder.Database}/{table}";
            database = NpgsqlDataSource.Create(builder);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // Its text may hold the password.
            throw new UserErrorException($"ConnectionStrings__{ConnectionName} is no connection string of PostgreSQL.", e);
        }
    }

    public string Name { get; }

    public async IAsyncEnumerable<TableRow> Read(string symbol, long fromTs, long toTs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await using (var readOnly = new NpgsqlCommand("SET TRANSACTION READ ONLY", connection))
            await readOnly.ExecuteNonQueryAsync(cancellation);
        var columns = await Columns(connection, cancellation);
        if (new[] { TableLine.Time }.Concat(TableLine.Needed).FirstOrDefault(column => !columns.Contains(column)) is { } lacking)
            throw new UserErrorException($"{Name} has no column {lacking}.");
        string[] optional = [.. TableLine.Optional.Where(columns.Contains)];
        var hasSymbol = columns.Contains("symbol");
        var selected = string.Join(", ", TableLine.Needed.Concat(optional).Select(column => $"{column}::text"));
        await using var command = new NpgsqlCommand(
            $"""
            SELECT to_char(ts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), {selected}
            FROM {Quoted} WHERE ts >= $1 AND ts < $2 {(hasSymbol ? "AND symbol = $3" : "")} ORDER BY ts
            """,
            connection);
        command.Parameters.AddWithValue(Instant(Math.Max(0, fromTs)));
        command.Parameters.AddWithValue(Instant(toTs));
        if (hasSymbol)
            command.Parameters.AddWithValue(symbol);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellation);
        var at = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in TableLine.Needed.Concat(optional))
            at[column] = at.Count + 1;
        while (await reader.ReadAsync(cancellation))
            yield return TableLine.Make(reader.IsDBNull(0) ? null : reader.GetString(0), Value);

        string? Value(string column) => at.TryGetValue(column, out var i) && !reader.IsDBNull(i) ? reader.GetString(i) : null;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private string Quoted => string.Join('.', table.Split('.', 2).Select(part => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    private static DateTime Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime;

    private async Task<HashSet<string>> Columns(NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            await using var look = new NpgsqlCommand($"SELECT * FROM {Quoted} LIMIT 0", connection);
            await using var reader = await look.ExecuteReaderAsync(cancellation);
            return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new UserErrorException($"{Name}: there is no such table; give another with --table.", e);
        }
    }
}
