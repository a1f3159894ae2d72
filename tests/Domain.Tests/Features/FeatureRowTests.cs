using Hts.Bars;
using Hts.Embeddings;
using Hts.Features;
using Hts.Strategies;

namespace Hts.Tests.Features;

public sealed class FeatureRowTests
{
    private const long BaseTs = 1_641_038_400_000;
    private static readonly FeatureSchema Schema = new(StrategySet.Default(), Grid.Default);

    [Fact]
    public void Every_part_stands_in_its_block()
    {
        var market = Enumerable.Range(0, Schema.MarketCount).Select(i => 1f + i).ToArray();
        float[] leader = [.. Enumerable.Range(0, FeatureSchema.LeaderReturns).Select(i => -1f - i)];
        var row = Compose(market, leader, Embedding(0.5f, BaseTs), Embedding(0.25f, BaseTs - (3 * 600_000)));
        ReadOnlySpan<float> values = row;
        Schema.EmbeddingA.Of(values).ToArray().ShouldAllBe(v => v == 0.5f);
        Schema.EmbeddingB.Of(values).ToArray().ShouldAllBe(v => v == 0.25f);
        Schema.Ages.Of(values).ToArray().ShouldBe([1, 0, 1, (float)(Math.Log(4) / Math.Log(1009))]);
        row[Schema.MarketOffset..(Schema.MarketOffset + Schema.MarketCount)].ShouldBe(market);
        Schema.Leader.Of(values).ToArray().ShouldBe([.. leader, 1]);
    }

    [Fact]
    public void What_is_missing_is_zeros_with_its_flag_down()
    {
        var row = Enumerable.Repeat(9f, Schema.Count).ToArray();
        FeatureRow.Compose(Schema, BaseTs, new float[Schema.MarketCount], [], null, null, row);
        row.ShouldAllBe(v => v == 0);
    }

    [Fact]
    public void A_row_whose_texts_are_cleared_is_the_one_without_them_to_the_bit()
    {
        var market = Enumerable.Range(0, Schema.MarketCount).Select(i => 1f + i).ToArray();
        float[] leader = [.. Enumerable.Range(0, FeatureSchema.LeaderReturns).Select(i => -1f - i)];
        var row = Compose(market, leader, Embedding(0.5f, BaseTs), Embedding(0.25f, BaseTs - (3 * 600_000)));

        FeatureRow.ClearTexts(Schema, row);

        FeatureRow.Hash(row).ShouldBe(FeatureRow.Hash(Compose(market, leader, null, null)));
    }

    [Fact]
    public void An_embedding_of_the_future_is_refused()
    {
        var late = new Embedding(BaseTs, BaseTs + 1, new float[256]);
        Should.Throw<ArgumentException>(() => Compose(new float[Schema.MarketCount], [], late, null)).Message.ShouldContain("does not belong");
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused() =>
        Should.Throw<ArgumentException>(() => Compose(new float[3], [], null, null)).Message.ShouldContain("market has 3 values");

    [Fact]
    public void Age_stays_within_one() =>
        Compose(new float[Schema.MarketCount], [], Embedding(0, 0), null)[Schema.Ages.Offset + 1].ShouldBe(1);

    [Fact]
    public void Hashes_tell_rows_apart_by_a_bit_and_by_length()
    {
        float[] row = [1, 2, 3];
        FeatureRow.Hash(row).ShouldBe(FeatureRow.Hash([1, 2, 3]));
        FeatureRow.Hash(row).Length.ShouldBe(16);
        string[] hashes =
        [
            FeatureRow.Hash(row), FeatureRow.Hash([1, 2, MathF.BitIncrement(3)]), FeatureRow.Hash([1, 3, 2]),
            FeatureRow.Hash([]), FeatureRow.Hash([0]), FeatureRow.Hash([0, 0]), FeatureRow.Hash([-0f]),
        ];
        hashes.Distinct().Count().ShouldBe(hashes.Length);
    }

    private static float[] Compose(float[] market, float[] leader, Embedding? a, Embedding? b)
    {
        var row = new float[Schema.Count];
        FeatureRow.Compose(Schema, BaseTs, market, leader, a, b, row);
        return row;
    }

    private static Embedding Embedding(float value, long baseTs) => new(baseTs, baseTs, Enumerable.Repeat(value, 256).ToArray());
}
