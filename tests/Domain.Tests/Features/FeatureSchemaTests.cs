using Hts.Bars;
using Hts.Embeddings;
using Hts.Features;
using Hts.Strategies;

namespace Hts.Tests.Features;

public sealed class FeatureSchemaTests
{
    private static readonly FeatureSchema Schema = new(StrategySet.Default(), Grid.Default);

    [Fact]
    public void Embeddings_come_first_then_their_flags_and_ages()
    {
        Schema.EmbeddingA.ShouldBe(new FeatureBlock("embedding_a", 0, 256));
        Schema.EmbeddingB.ShouldBe(new FeatureBlock("embedding_b", 256, 256));
        Schema.Names.Skip(512).Take(4).ShouldBe(["a_present", "a_age_slots", "b_present", "b_age_slots"]);
    }

    [Fact]
    public void Blocks_lie_end_to_end_and_are_the_row()
    {
        var end = 0;
        foreach (var block in Schema.Blocks)
        {
            block.Offset.ShouldBe(end);
            end = block.End;
        }

        end.ShouldBe(Schema.Count);
        Schema.Count.ShouldBe(516 + 14 + 35 + 33 + 4 + 8);
        Schema.MarketOffset.ShouldBe(516);
        Schema.MarketCount.ShouldBe(14 + 35 + 33 + 4);
    }

    [Fact]
    public void Names_are_distinct() => Schema.Names.Distinct().Count().ShouldBe(Schema.Count);

    [Fact]
    public void Warm_up_is_that_of_the_strategies_and_three_slots()
    {
        Schema.WarmupBars.ShouldBe((600 * 4) + 3 + (3 * 40));
        new FeatureSchema(StrategySet.Default(), new Grid(60)).WarmupBars.ShouldBe(600 + (3 * 10));
    }

    [Fact]
    public void The_overlap_holds_the_look_back_and_the_history()
    {
        Schema.OverlapMs.ShouldBe(240 * 15_000);
        new FeatureSchema(StrategySet.Default(), new Grid(5)).OverlapMs.ShouldBe(3 * 600_000);
    }

    [Fact]
    public void What_changes_a_value_changes_the_hash()
    {
        FeatureSchema[] schemas =
        [
            Schema,
            new(StrategySet.Default(), new Grid(60)),
            new(StrategySet.Default(new() { FeeBps = 5 }), Grid.Default),
            new(new StrategySet([new TrendStrategy()]), Grid.Default),
            new(StrategySet.Default(), Grid.Default, new() { MinSigmaSlotBp = 2 }),
            new(StrategySet.Default(), Grid.Default, new() { Leader = "ETHUSDT" }),
            new(StrategySet.Default(), Grid.Default, new() { EmbeddingScale = EmbeddingScale.UnitLength }),
        ];
        schemas.Select(s => s.Hash).Distinct().Count().ShouldBe(schemas.Length);
        new FeatureSchema(StrategySet.Default(), Grid.Default, new() { MaxMissingShare = 0 }).Hash.ShouldBe(Schema.Hash);
    }

    [Theory]
    [InlineData(0, 0.1, "MinSigmaSlotBp")]
    [InlineData(1, 1, "MaxMissingShare")]
    [InlineData(1, double.NaN, "MaxMissingShare")]
    public void Options_that_make_no_sense_are_named(double minSigma, double share, string key) =>
        Should.Throw<ArgumentOutOfRangeException>(
            () => new FeatureSchema(StrategySet.Default(), Grid.Default, new() { MinSigmaSlotBp = minSigma, MaxMissingShare = share }))
            .Message.ShouldContain(key);
}
