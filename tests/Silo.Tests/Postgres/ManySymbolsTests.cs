using Hts.Postgres;

namespace Hts.Tests.Postgres;

/// <summary>What a slot's end brings of 10,000 symbols at once.</summary>
public sealed class ManySymbolsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Start = 1_700_000_400_000;

    private static readonly string[] Symbols = [.. Enumerable.Range(0, 10_000).Select(i => $"S{i}")];

    private PostgresStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await PostgresFixture.Open(await postgres.NewDatabase());

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Every_symbol_keeps_its_bar()
    {
        var bar = Sample.Bars(Start, 1)[0];

        await Task.WhenAll(Symbols.Select(symbol => store.Bars.Write(symbol, [bar], Cancellation)));

        foreach (var symbol in Symbols.Where((_, i) => i % 500 == 0))
            (await store.Bars.ReadLast(symbol, 10, long.MaxValue, Cancellation)).ShouldBe([bar]);
    }

    [Fact]
    public async Task Every_row_is_recorded_once_and_settled_once()
    {
        var rows = Symbols.Select(symbol => Sample.Row(symbol, Start)).ToArray();

        (await Task.WhenAll(rows.Select(row => store.Ledger.Record(row, Cancellation)))).ShouldAllBe(recorded => recorded);
        (await Task.WhenAll(rows.Select(row => store.Ledger.Record(row, Cancellation)))).ShouldAllBe(recorded => !recorded);
        (await Task.WhenAll(rows.Select(row => store.Ledger.Settle(Sample.Settled(row), Cancellation)))).ShouldAllBe(settled => settled);
        (await Task.WhenAll(rows.Select(row => store.Ledger.Settle(Sample.Settled(row), Cancellation)))).ShouldAllBe(settled => !settled);
    }
}
