using Hts.Bars;
using Hts.Embeddings;
using Hts.Features;
using Hts.Strategies;
using Hts.Tests.Bars;

namespace Hts.Tests.Features;

/// <summary>Whole rows of a follower with its leader's returns and text embeddings, on a real month.</summary>
public sealed class WholeRowTests
{
    private static readonly Grid Grid = new(60);
    private static readonly FeatureSchema Schema = new(StrategySet.Default(), Grid);

    [Fact]
    public void A_row_made_without_the_future_equals_the_row_made_with_it()
    {
        var leader = SharedData.MinuteBars("BTCUSDT-2022-01");
        var follower = SharedData.MinuteBars("SOLUSDT-2022-01");
        var whole = Rows(leader, follower);
        whole.Count.ShouldBe(4402);
        foreach (var bars in new[] { 640, 2_000, 9_990, 31_110 })
        {
            var known = Rows(leader[..bars], follower[..bars]);
            known.Count.ShouldBe((bars - Schema.WarmupBars) / Grid.BarsPerSlot + 1);
            known.ShouldBe(whole.Take(known.Count));
        }
    }

    [Fact]
    public void Every_feature_of_a_real_month_moves_or_is_a_known_constant()
    {
        var features = new SymbolFeatures(Schema);
        var market = new float[Schema.MarketCount];
        var (low, high) = (new float[market.Length], new float[market.Length]);
        Array.Fill(low, float.MaxValue);
        Array.Fill(high, float.MinValue);
        foreach (var bar in SharedData.MinuteBars("ETHUSDT-2022-01"))
        {
            features.Append(bar);
            if (!features.TryRead(market))
                continue;
            for (var i = 0; i < market.Length; i++)
                (low[i], high[i]) = (Math.Min(low[i], market[i]), Math.Max(high[i], market[i]));
        }

        // The month has no hole, so every slot before has a label.
        Enumerable.Range(0, market.Length).Where(i => low[i] == high[i]).Select(i => Schema.Names[Schema.MarketOffset + i])
            .ShouldBe(["lag1_present", "lag2_present", "lag3_present"]);
    }

    private static List<string> Rows(Bar[] leaderBars, Bar[] followerBars)
    {
        var (leader, follower, shelf) = (new SymbolFeatures(Schema), new SymbolFeatures(Schema), new EmbeddingShelf());
        var (text, embedder) = (new MarketText(Grid), new HashingEmbedder());
        var (market, returns, row) = (new float[Schema.MarketCount], new float[FeatureSchema.LeaderReturns], new float[Schema.Count]);
        var rows = new List<string>();
        for (var i = 0; i < followerBars.Length; i++)
        {
            leader.Append(leaderBars[i]);
            if (!follower.Append(followerBars[i]))
                continue;
            var baseTs = follower.EndTs;
            // The text is offered all bars there are, the future included, and must not look. It becomes known a little late: a row uses the one before.
            var values = new float[HashingEmbedder.Dimensions];
            embedder.Embed(text.Write("SOLUSDT", followerBars, baseTs), values);
            shelf.Add(new(baseTs, baseTs + 2_000, values));
            if (!follower.TryRead(market) || !leader.TryReadReturns(returns))
                continue;
            FeatureRow.Compose(Schema, baseTs, market, returns, shelf.Newest(baseTs), null, row);
            row[Schema.Ages.Offset + 1].ShouldBe((float)(Math.Log(2) / Math.Log(1009)));
            rows.Add(FeatureRow.Hash(row));
        }

        return rows;
    }
}
