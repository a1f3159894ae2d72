using Hts.Bars;
using Hts.Postgres;
using Hts.Strategies;
using Hts.Tests.Postgres;

namespace Hts.Tests.Commands;

/// <summary>A database that commands run on, and the store to look at it; files stand in a folder of its own.</summary>
internal sealed class CommandDatabase : IAsyncDisposable
{
    private readonly Hts.Tests.Files.TemporaryFolder folder = new();

    private CommandDatabase(string connectionString, PostgresStore store)
    {
        ConnectionString = connectionString;
        Store = store;
        Environment["ConnectionStrings__Storage"] = connectionString;
    }

    public string ConnectionString { get; }

    public PostgresStore Store { get; }

    public Dictionary<string, string> Environment { get; } = [];

    public Hts.Tests.Files.TemporaryFolder Files => folder;

    public string DataDir => Path.Combine(folder.Path, "data");

    public static async Task<CommandDatabase> Create(PostgresFixture postgres)
    {
        var connectionString = await postgres.NewDatabase();
        return new CommandDatabase(connectionString, await PostgresFixture.Open(connectionString, strategies: StrategySet.Default().Names));
    }

    public Task<SiloRun> Run(params string[] arguments) => SiloRun.Of(Environment, [.. arguments, "--data-dir", DataDir]);

    public Task<IReadOnlyList<StoredBar>> Bars(string symbol) =>
        Store.Bars.Read(symbol, 0, long.MaxValue, int.MaxValue, TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<Gap>> Gaps(string symbol) =>
        Store.Bars.ReadGaps(symbol, 0, long.MaxValue, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }
}
