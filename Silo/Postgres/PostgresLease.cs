namespace Hts.Postgres;

/// <summary>The right to use a server, until disposed. An owner's disposal stops the server, a guest's leaves it alone.</summary>
public sealed class PostgresLease : IAsyncDisposable
{
    private readonly EmbeddedPostgres? server;

    internal PostgresLease(string connectionString, EmbeddedPostgres? server)
    {
        ConnectionString = connectionString;
        this.server = server;
    }

    /// <summary>Holds the password: never log it.</summary>
    public string ConnectionString { get; }

    /// <summary>False for a guest on a server that another process owns.</summary>
    public bool IsOwner => server is not null;

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
