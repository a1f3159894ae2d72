using Npgsql;

namespace Hts.Postgres;

/// <summary>Connection strings and pools for one database.</summary>
public static class PostgresDatabase
{
    /// <summary>The provider name under which Orleans knows Npgsql.</summary>
    public const string OrleansInvariant = "Npgsql";

    /// <summary>The connection string for Orleans' clustering, persistence and reminders: the same database, their own schema.</summary>
    public static string ForOrleans(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "orleans", ApplicationName = "hts-orleans" }.ConnectionString;

    /// <summary>A pool whose sessions run in UTC and find our tables without their schema's name.</summary>
    public static NpgsqlDataSource Connect(string connectionString) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "hts,public", Timezone = "UTC", ApplicationName = "hts" });
}
