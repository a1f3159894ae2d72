using CsCheck;
using Hts.Bars;
using Hts.DataSets;
using Hts.Embeddings;
using Hts.Features;
using Hts.Strategies;

namespace Hts.Tests.DataSets;

/// <summary>No future: whatever becomes known later leaves the rows before it as they were, to the bit.</summary>
public sealed class LaterFactTests
{
    private const int SlotMs = 600_000;
    private const int Minutes = 1000;
    private static readonly FeatureSchema Schema = new(StrategySet.Default(), new Grid(60), new FeatureOptions { Leader = "AAA" });
    private static readonly List<Bar> Leader = [.. RandomBars.Minutes(1, Minutes)];
    private static readonly List<Bar> Follower = [.. RandomBars.Minutes(2, Minutes)];
    private static readonly EmbeddingPair[] Embeddings = [.. RandomBars.Embeddings(3, Leader[0].Ts, Minutes / 10)];
    private static readonly Lazy<Task<DataSet>> Before = new(() => Build(Leader, Follower, Embeddings));

    [Fact]
    public async Task A_fact_known_later_changes_no_earlier_row()
    {
        var before = await Before.Value;
        before.Count.ShouldBeGreaterThan(40);

        // Which bar is revised, in which market, how much; which instant's embedding comes, how late.
        await Gen.Select(Gen.Int[700, Minutes - 1], Gen.Bool, Gen.Double[0.9, 1.1], Gen.Int[60, (Minutes / 10) - 1], Gen.Int[0, 12 * SlotMs])
            .SampleAsync(async (place, leads, factor, slot, lateMs) =>
            {
                var bars = leads ? Leader : Follower;
                var revised = bars.ToList();
                revised[place] = Scaled(bars[place], factor);
                var barKnown = bars[place].Ts + 60_000;
                var instant = Leader[0].Ts + (slot * (long)SlotMs);
                var pairs = Embeddings.ToList();
                pairs[slot] = new EmbeddingPair(Embeddings[slot].A, Text(instant, instant + lateMs));

                var after = await Build(leads ? revised : Leader, leads ? Follower : revised, pairs);

                var known = Math.Min(barKnown, instant + lateMs);
                for (var row = 0; row < before.Count; row++)
                {
                    if (before.BaseTs[row] >= known)
                        continue;
                    after.BaseTs[row].ShouldBe(before.BaseTs[row]);
                    after.Features.Row(row).SequenceEqual(before.Features.Row(row)).ShouldBeTrue();
                    after.Sigma(row).ShouldBe(before.Sigma(row));
                    after.Standing(row).SequenceEqual(before.Standing(row)).ShouldBeTrue();
                    // The outcome is that of the window after it, which may hold the revised bar.
                    if (before.BaseTs[row] + SlotMs < barKnown)
                        after.Gross(row).SequenceEqual(before.Gross(row)).ShouldBeTrue();
                }
            }, iter: 25, threads: 1);
    }

    [Fact]
    public async Task The_same_facts_do_change_the_rows_after_them()
    {
        var before = await Before.Value;
        var revised = Follower.ToList();
        revised[800] = Scaled(Follower[800], 1.05);

        var after = await Build(Leader, revised, Embeddings);

        Enumerable.Range(0, before.Count)
            .Any(row => before.BaseTs[row] > Follower[800].Ts && !after.Features.Row(row).SequenceEqual(before.Features.Row(row))).ShouldBeTrue();
    }

    private static Bar Scaled(in Bar bar, double factor) => bar with
    {
        Open = bar.Open * factor,
        High = bar.High * factor,
        Low = bar.Low * factor,
        Close = bar.Close * factor,
        Volume = bar.Volume + 1,
    };

    private static Embedding Text(long baseTs, long knownAt)
    {
        var values = new float[HashingEmbedder.Dimensions];
        values[5] = 1;
        return new Embedding(baseTs, knownAt, values);
    }

    private static async Task<DataSet> Build(List<Bar> leader, List<Bar> follower, IReadOnlyList<EmbeddingPair> embeddings)
    {
        var memory = new RowMemory(DataSetBuilder.HeaderOf(Schema));
        SymbolSource[] sources =
        [
            new("AAA", leader.ToAsyncEnumerable(), embeddings.ToAsyncEnumerable()),
            new("BBB", follower.ToAsyncEnumerable(), embeddings.ToAsyncEnumerable()),
        ];
        await new DataSetBuilder(Schema).Build(memory, sources, "AAA", long.MaxValue, CancellationToken.None);
        return memory.Data;
    }
}
