using Hts.Bars;
using Hts.Markets;
using Hts.Tests.Cluster;

namespace Hts.Tests.Markets;

/// <summary>Bars that an import or a back-fill writes beside a market.</summary>
public sealed class MarketChangeTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private static readonly int Slots = Worlds.WarmSlots + 6;
    private static readonly Bar[] Bars = Worlds.Walk(Slots, seed: 1);
    private static readonly long End = Worlds.Slot(Slots);
    private static readonly int Hole = Bars.Length - (3 * Worlds.Grid.BarsPerSlot) - 7;
    private static int symbols;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_market_takes_them_in_at_the_next_slots_end_as_if_they_had_always_been_there()
    {
        var market = Market(out var symbol);
        await market.Append(Worlds.Messages(Holed(Bars[..^40])));

        await WriteBeside(symbol, Bars[Hole..(Hole + 9)]);
        await market.Append(Worlds.Messages(Bars[^40..]));

        await ShouldBeWhole(market, symbol);
    }

    [Fact]
    public async Task A_market_that_was_down_takes_them_in_with_its_next_activation()
    {
        var market = Market(out var symbol);
        await market.Append(Worlds.Messages(Holed(Bars)));

        await WriteBeside(symbol, Bars[Hole..(Hole + 9)]);
        await TestSilo.Restart(market);

        await ShouldBeWhole(market, symbol);
    }

    [Fact]
    public async Task A_crash_while_a_market_takes_them_in_is_healed_by_its_next_activation()
    {
        var market = Market(out var symbol);
        await market.Append(Worlds.Messages(Holed(Bars[..^40])));
        await WriteBeside(symbol, Bars[Hole..(Hole + 9)]);
        silo.Bars.Streams.Refuse();
        await Should.ThrowAsync<Exception>(() => market.Append(Worlds.Messages(Bars[^40..])));

        (await market.Append(Worlds.Messages(Bars[^40..]))).Unchanged.ShouldBe(40);

        await ShouldBeWhole(market, symbol);
    }

    [Fact]
    public async Task What_comes_while_a_market_runs_over_them_stays_noted()
    {
        var market = Market(out var symbol);
        await market.Append(Worlds.Messages(Holed(Bars[..^80])));
        await WriteBeside(symbol, Bars[Hole..(Hole + 4)]);
        silo.Bars.Streams.Before(() => WriteBeside(symbol, Bars[(Hole + 4)..(Hole + 9)]));
        await market.Append(Worlds.Messages(Bars[^80..^40]));
        (await silo.Store.Bars.ReadChange(symbol, Token))!.FromTs.ShouldBe(Bars[Hole].Ts);

        await market.Append(Worlds.Messages(Bars[^40..]));

        await ShouldBeWhole(market, symbol);
    }

    [Fact]
    public async Task Nobody_looks_for_changes_that_are_not_there()
    {
        var market = Market(out _);
        await market.Append(Worlds.Messages(Bars[..^80]));
        var reads = silo.Bars.ChangeReads;

        foreach (var bar in Bars[^80..])
            await market.Append([Worlds.Message(bar)]);

        silo.Bars.ChangeReads.ShouldBe(reads);
    }

    private static Bar[] Holed(Bar[] bars) => [.. bars[..Hole], .. bars[(Hole + 9)..]];

    private IMarketGrain Market(out string symbol)
    {
        if (silo.Clock.NowMs < End)
            silo.GoTo(End);
        symbol = $"C{Interlocked.Increment(ref symbols)}";
        return silo.Market(symbol);
    }

    private Task WriteBeside(string symbol, Bar[] bars) => silo.Store.Bars.WriteBeside(
        symbol, [.. bars.Select(bar => new StoredBar(bar, bar.Ts + Worlds.Grid.BarMs + 1_000, 0, Backfilled: true))], Token);

    private async Task ShouldBeWhole(IMarketGrain market, string symbol)
    {
        var expected = Reference.Of(Bars);
        var features = await market.Features(End, null);
        features.Readiness.ShouldBe(Readiness.Ready);
        Reference.MarketPart(features.Values).ShouldBe(expected[End].Market);
        for (var slot = Slots - 5; slot < Slots; slot++)
            (await market.Outcome(Worlds.Slot(slot))).NetPct.ShouldBe(Reference.NetPct(expected[Worlds.Slot(slot + 1)].Label));
        (await silo.Store.Bars.ReadChange(symbol, Token)).ShouldBeNull();
        var untouched = Market(out var other);
        await untouched.Append(Worlds.Messages(Bars));
        (await States(symbol)).ShouldBe(await States(other));
    }

    private async Task<string[]> States(string symbol) =>
        [.. (await silo.Store.Slots.Read(symbol, 0, long.MaxValue, int.MaxValue, Token)).Select(
            r => $"{r.Ts} {r.Complete} {string.Join(',', r.NetPct ?? [])} {Convert.ToHexString(r.State)}")];
}
