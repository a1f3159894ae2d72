using Hts.Bars;
using Hts.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hts.Tests.Postgres;

/// <summary>A server whose table of locks holds fewer places than all days and their keys take.</summary>
public sealed class ManyDaysTests : IAsyncLifetime
{
    private const long Day = 86_400_000;
    private const long Start = 19_000 * Day;
    private const int Days = 600;
    private const long End = Start + (Days * Day);

    private static readonly StoredBar[] Midnights = [.. Enumerable.Range(0, Days).Select(d => Sample.Bars(Start + (d * Day), 1)[0])];

    private readonly TempFolder folder = new();
    private PostgresLease server = null!;
    private PostgresStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions { DataDir = folder.Path, MaxConnections = 20, LocksPerTransaction = 10 }, TimeProvider.System,
            NullLogger<EmbeddedPostgres>.Instance, Cancellation);
        store = await PostgresFixture.Open(server.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Bars_of_more_days_than_can_be_locked_at_once_are_stored_and_read_by_many_and_hold_nobody_up()
    {
        await store.Bars.Write("MANY", Midnights, Cancellation);
        await store.Bars.Write("LIVE", Sample.Bars(End, 1), Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(ReadAll, Cancellation)));
    }

    private async Task ReadAll()
    {
        (await store.Bars.Read("MANY", 0, long.MaxValue, int.MaxValue, Cancellation)).ShouldBe(Midnights);
        (await store.Bars.Read("LIVE", 0, long.MaxValue, 1, Cancellation)).ShouldHaveSingleItem().Bar.Ts.ShouldBe(End);
        (await store.Bars.ReadLast("MANY", Days - 1, long.MaxValue, Cancellation)).ShouldBe(Midnights[1..]);
        (await store.Bars.ReadLast("MANY", 3, End - Day, Cancellation)).ShouldBe(Midnights[^4..^1]);
        (await store.Bars.Stream("MANY", Start + 1, End, Cancellation).ToListAsync(Cancellation)).ShouldBe(Midnights[1..]);
        (await store.SymbolsWithBars(Cancellation)).ShouldBe(["LIVE", "MANY"]);
        var facts = await store.Quality.Read("MANY", End - (10 * Day), End, Sample.BarMs, Cancellation);
        (facts.FirstTs, facts.LastTs).ShouldBe((Start, End - Day));
        facts.Hours.Count.ShouldBe(10);
    }
}
