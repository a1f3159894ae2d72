using Hts.Bars;
using Hts.Hosting;
using Hts.Postgres;

namespace Hts.Commands;

/// <summary>The database for the length of one command: a guest where a silo runs on the data folder.</summary>
internal sealed class StorageSession : IAsyncDisposable
{
    private readonly StorageAccess access;
    private readonly ILoggerFactory loggers;

    private StorageSession(StorageAccess access, ILoggerFactory loggers, DataFolder data, Grid grid, int publicationDelayMs)
    {
        Grid = grid;
        PublicationDelayMs = publicationDelayMs;
        this.access = access;
        this.loggers = loggers;
        Data = data;
    }

    public DataFolder Data { get; }

    /// <summary>Lengths of bars and slots of this installation.</summary>
    public Grid Grid { get; }

    /// <summary>Milliseconds after its end at which a bar of recorded history counts as known.</summary>
    public int PublicationDelayMs { get; }

    public PostgresStore Store => access.Store;

    /// <summary>For commands that write bars: makes the data folder and its database when there are none.</summary>
    public static Task<StorageSession> Open(DirectoryInfo dataDir, CancellationToken cancellation) =>
        Open(DataFolder.Open(dataDir), HtsConfiguration.Read(), writes: true, cancellation);

    /// <summary>For commands that write no bars, and say nothing of their length therefore.</summary>
    public static Task<StorageSession> OpenSchema(DirectoryInfo dataDir, CancellationToken cancellation) =>
        Open(DataFolder.Open(dataDir), HtsConfiguration.Read(), writes: false, cancellation);

    /// <summary>For commands that only read: a mistyped folder is told, not filled with a new database.</summary>
    /// <exception cref="UserErrorException">There is no database: none is configured, and the folder holds none.</exception>
    public static Task<StorageSession> OpenToRead(DirectoryInfo dataDir, CancellationToken cancellation)
    {
        var configuration = HtsConfiguration.Read();
        var data = new DataFolder(dataDir.FullName);
        if (HtsConfiguration.ConnectionString(configuration) is null && !Directory.Exists(data.Postgres))
            throw new UserErrorException(
                $"There is no database in the data folder {data.Path}: give another --data-dir, or set ConnectionStrings__Storage.");
        return Open(data, configuration, writes: false, cancellation);
    }

    private static async Task<StorageSession> Open(DataFolder data, IConfigurationRoot configuration, bool writes, CancellationToken cancellation)
    {
        configuration["Logging:LogLevel:Default"] ??= "Warning";
        var grid = HtsConfiguration.Grid(configuration);
        var publicationDelayMs = HtsConfiguration.PublicationDelayMs(configuration);
        var strategies = HtsConfiguration.Strategies(configuration);
        var loggers = ConsoleLogs.Create(configuration);
        var access = await StorageAccess.Open(data, configuration, strategies, exclusive: false, loggers, cancellation);
        var session = new StorageSession(access, loggers, data, grid, publicationDelayMs);
        try
        {
            await access.Store.RequireGrid(grid, mayBeFirst: writes, cancellation);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await access.DisposeAsync();
        loggers.Dispose();
    }
}
