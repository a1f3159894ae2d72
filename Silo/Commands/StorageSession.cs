using Hts.Bars;
using Hts.Hosting;
using Hts.Postgres;
using Hts.Strategies;

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

    public static async Task<StorageSession> Open(DirectoryInfo dataDir, CancellationToken cancellation)
    {
        var configuration = HtsConfiguration.Read();
        configuration["Logging:LogLevel:Default"] ??= "Warning";
        var loggers = ConsoleLogs.Create(configuration);
        var data = DataFolder.Open(dataDir);
        var grid = HtsConfiguration.Grid(configuration);
        var publicationDelayMs = HtsConfiguration.PublicationDelayMs(configuration);
        var strategies = StrategySet.Default(configuration.GetSection("Strategies").Get<StrategyOptions>());
        var access = await StorageAccess.Open(data, configuration, strategies, exclusive: false, loggers, cancellation);
        return new StorageSession(access, loggers, data, grid, publicationDelayMs);
    }

    public async ValueTask DisposeAsync()
    {
        await access.DisposeAsync();
        loggers.Dispose();
    }
}
