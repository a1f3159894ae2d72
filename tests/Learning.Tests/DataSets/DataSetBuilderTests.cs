using Hts.Bars;
using Hts.DataSets;
using Hts.Embeddings;
using Hts.Features;
using Hts.Strategies;

namespace Hts.Tests.DataSets;

public sealed class DataSetBuilderTests : IDisposable
{
    private const int Count = 3 * 1440;
    private readonly TempFolder folder = new();
    private readonly FeatureSchema schema = new(StrategySet.Default(), new Grid(60));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rows_equal_what_a_live_market_gives_to_the_bit()
    {
        var leader = SharedData.Minutes("BTCUSDT", Count);
        var follower = SharedData.Minutes("ETHUSDT", Count);

        var (data, summary) = await Build(long.MaxValue, ("ETHUSDT", follower), ("BTCUSDT", leader));

        summary.RowsBySymbol["ETHUSDT"].ShouldBe(data.Count / 2);
        summary.LeftOut["warming up"].ShouldBe(2 * 62);
        // A live follower: both markets run side by side, asked at each slot's end; the outcome comes one slot later.
        var leading = new SymbolFeatures(schema);
        var own = new SymbolFeatures(schema);
        var row = 0;
        var market = new float[schema.MarketCount];
        var returns = new float[FeatureSchema.LeaderReturns];
        var expected = new float[schema.Count];
        while (data.Symbols[data.Symbol[row]] != "ETHUSDT")
            row++;
        for (var i = 0; i < Count && row < data.Count; i++)
        {
            leading.Append(leader[i]);
            own.Append(follower[i]);
            if (own.EndTs != data.BaseTs[row])
                continue;
            own.TryRead(market).ShouldBeTrue();
            leading.TryReadReturns(returns).ShouldBeTrue();
            FeatureRow.Compose(schema, own.EndTs, market, returns, null, null, expected);
            data.Features.Row(row).SequenceEqual(expected).ShouldBeTrue();
            data.Sigma(row).ShouldBe(own.SigmaSlot);
            data.Standing(row).SequenceEqual(own.Standing).ShouldBeTrue();
            row++;
        }
        row.ShouldBe(data.Count);
    }

    [Fact]
    public async Task Later_bars_change_no_earlier_row()
    {
        var bars = SharedData.Minutes("BTCUSDT", Count);

        var (whole, _) = await Build(long.MaxValue, ("BTCUSDT", bars));
        var (part, _) = await Build(long.MaxValue, ("BTCUSDT", bars[..(Count - 700)]));

        part.Count.ShouldBe(whole.Count - 70);
        for (var i = 0; i < part.Count; i++)
        {
            part.BaseTs[i].ShouldBe(whole.BaseTs[i]);
            part.Features.Row(i).SequenceEqual(whole.Features.Row(i)).ShouldBeTrue();
            part.Gross(i).SequenceEqual(whole.Gross(i)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Windows_with_missing_bars_are_left_out_and_counted_by_cause()
    {
        var bars = SharedData.Minutes("BTCUSDT", Count);
        var (whole, _) = await Build(long.MaxValue, ("BTCUSDT", bars));
        var hole = bars[2003].Ts;
        bars.RemoveAt(2003);

        var (data, summary) = await Build(long.MaxValue, ("BTCUSDT", bars));

        // The window with the hole has no label, and the next decision has a hole in its last slot.
        var windows = whole.BaseTs.ToArray().Except(data.BaseTs.ToArray()).ToArray();
        var slot = hole - (hole % 600_000);
        windows.ShouldBe([slot, slot + 600_000]);
        summary.LeftOut[DataSetBuilder.IncompleteWindow].ShouldBe(1);
        summary.LeftOut["gap"].ShouldBe(1);
    }

    [Fact]
    public async Task Outcomes_after_the_end_are_left_out()
    {
        var bars = SharedData.Minutes("BTCUSDT", 1440);
        var until = bars[^1].Ts + 60_000 - (3 * 600_000);

        var (data, summary) = await Build(until, ("BTCUSDT", bars));

        data.BaseTs[^1].ShouldBe(until - 600_000);
        summary.LeftOut[DataSetBuilder.AfterTheEnd].ShouldBe(3);
    }

    [Fact]
    public async Task An_embedding_is_seen_from_the_slot_on_at_which_it_was_known()
    {
        var bars = SharedData.Minutes("BTCUSDT", 1440);
        var described = bars[1000].Ts;
        var values = new float[HashingEmbedder.Dimensions];
        values[17] = 0.5f;
        var late = new Embedding(described, described + 1_500_000, values);

        var (data, _) = await Build(long.MaxValue, [new EmbeddingPair(late, null)], ("BTCUSDT", bars));

        for (var row = 0; row < data.Count; row++)
            data.Features.Row(row)[17].ShouldBe(data.BaseTs[row] >= described + 1_500_000 ? 0.5f : 0f);
    }

    [Fact]
    public async Task Rows_with_a_text_that_came_in_after_their_instant_are_counted()
    {
        var bars = SharedData.Minutes("BTCUSDT", 1440);
        var first = bars[1000].Ts;
        var backfilled = new Embedding(first, first, new float[HashingEmbedder.Dimensions]) { ReceivedAtMs = first + (5 * schema.Grid.SlotMs) };
        var live = new Embedding(first + (8 * schema.Grid.SlotMs), first + (8 * schema.Grid.SlotMs), new float[HashingEmbedder.Dimensions]);

        var (_, summary) = await Build(long.MaxValue, [new EmbeddingPair(null, backfilled), new EmbeddingPair(null, live)], ("BTCUSDT", bars));

        summary.BackfilledTextRows.ShouldBe(5);
    }

    private Task<(DataSet Data, DataSetSummary Summary)> Build(long untilTs, params (string Symbol, List<Bar> Bars)[] markets) =>
        Build(untilTs, [], markets);

    private async Task<(DataSet Data, DataSetSummary Summary)> Build(
        long untilTs, EmbeddingPair[] embeddings, params (string Symbol, List<Bar> Bars)[] markets)
    {
        var path = folder.File("train.parquet");
        var sources = markets.Select(m => new SymbolSource(m.Symbol, Stream(m.Bars), Stream(embeddings))).ToList();
        var summary = await new DataSetBuilder(schema).Build(path, sources, "BTCUSDT", untilTs, CancellationToken.None);
        var data = await DataSetReader.Read(path, CancellationToken.None);
        summary.Rows.ShouldBe(data.Count);
        return (data, summary);
    }

    private static async IAsyncEnumerable<T> Stream<T>(IEnumerable<T> items)
    {
        foreach (var item in items)
            yield return item;
        await Task.CompletedTask;
    }
}
