using Npgsql;

namespace Hts.Postgres;

internal static class CommandParameters
{
    /// <summary>Adds values for $1, $2 and so on; null is the database's NULL.</summary>
    public static void Add(this NpgsqlCommand command, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
    }
}
