using Hts.Feeds;
using Hts.Postgres;

namespace Hts.Tests.Postgres;

public sealed class FeedTallyStoreTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Hour = 3_600_000;
    private PostgresStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await PostgresFixture.Open(await postgres.NewDatabase());

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Counts_of_an_hour_add_up_per_symbol()
    {
        await store.FeedTallies.Add(Hour, Tallies(("BTC", new FeedTally(1, 2, 3, 4, 5)), ("ETH", new FeedTally(9, 0, 0, 0, 0))), Cancellation);
        await store.FeedTallies.Add(Hour, Tallies(("BTC", new FeedTally(10, 20, 30, 40, 50))), Cancellation);
        await store.FeedTallies.Add(3 * Hour, Tallies(("BTC", new FeedTally(7, 0, 0, 0, 0))), Cancellation);

        var hours = await store.FeedTallies.Read("BTC", Hour, 3 * Hour, Cancellation);

        hours.ShouldBe([KeyValuePair.Create(Hour, new FeedTally(11, 22, 33, 44, 55))]);
    }

    private static KeyValuePair<string, FeedTally>[] Tallies(params (string Symbol, FeedTally Tally)[] tallies) =>
        [.. tallies.Select(t => KeyValuePair.Create(t.Symbol, t.Tally))];
}
