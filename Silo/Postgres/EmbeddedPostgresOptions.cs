namespace Hts.Postgres;

/// <summary>The PostgreSQL that the program starts by itself when no connection string is set.</summary>
public sealed class EmbeddedPostgresOptions
{
    /// <summary>The program's data folder; the server lives in its subfolder <c>postgres</c>.</summary>
    public string DataDir { get; set; } = "data";

    /// <summary>Folder that holds initdb, pg_ctl and postgres. Default: the system's newest, else the npm package's.</summary>
    public string? BinDir { get; set; }

    /// <summary>Account that runs the server when we are root, which PostgreSQL refuses to be. Default <c>nobody</c>.</summary>
    public string UnprivilegedUser { get; set; } = "nobody";

    /// <summary>Name of the database that is made on first use. Default <c>hts</c>.</summary>
    public string Database { get; set; } = "hts";

    /// <summary>How long a start, a recovery or a stop may take. Default 60 s, allowed 1 s to 1 h.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Upper bound of open connections. Default 200, allowed 10 to 1,000.</summary>
    public int MaxConnections { get; set; } = 200;

    /// <summary>Memory for the server's page cache, MB. Default 128, allowed 16 to 65,536.</summary>
    public int SharedBuffersMb { get; set; } = 128;

    /// <summary>Places in the table of locks per connection, for partitions and their keys. Default 128, allowed 10 to 10,000.</summary>
    public int LocksPerTransaction { get; set; } = 128;

    /// <exception cref="EmbeddedPostgresException">A value is not allowed; the message names it.</exception>
    internal void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(DataDir), nameof(DataDir), DataDir, "a folder");
        Require(Database.Length is > 0 and < 64 && Database.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'),
            nameof(Database), Database, "1 to 63 of a-z, 0-9 and _");
        Require(Timeout >= TimeSpan.FromSeconds(1) && Timeout <= TimeSpan.FromHours(1), nameof(Timeout), Timeout, "1 s to 1 h");
        Require(MaxConnections is >= 10 and <= 1000, nameof(MaxConnections), MaxConnections, "10 to 1000");
        Require(SharedBuffersMb is >= 16 and <= 65536, nameof(SharedBuffersMb), SharedBuffersMb, "16 to 65536");
        Require(LocksPerTransaction is >= 10 and <= 10_000, nameof(LocksPerTransaction), LocksPerTransaction, "10 to 10000");
    }

    private static void Require(bool holds, string key, object? value, string allowed)
    {
        if (!holds)
            throw new EmbeddedPostgresException($"Storage:Embedded:{key} is '{value}'; allowed: {allowed}.");
    }
}
