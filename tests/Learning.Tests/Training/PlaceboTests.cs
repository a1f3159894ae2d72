using Hts.DataSets;
using Hts.Scores;
using Hts.Splits;
using Hts.Training;

namespace Hts.Tests.Training;

public sealed class PlaceboTests
{
    private static readonly TrainingOptions Options = new() { Placebo = new() { FalseAlarmRate = 0.1 } };

    [Fact]
    public void Both_placebos_stay_ignorant_where_the_real_model_finds_much()
    {
        var data = Planted(new PlantedMarket(seed: 3, features: 12, embeddings: 0), slots: 1500);
        var purge = PurgedSplit.PurgeMs(data.Header.SlotMs, data.Header.OverlapMs);

        var scores = Placebo.Run(data, purge, seed: 1, new TrainingOptions(), CancellationToken.None).Scores;
        var real = Placebo.Judge([data], PurgedSplit.Make(data.BaseTs, purge), purge, 1, new TrainingOptions(), CancellationToken.None)[0];

        real.T!.Value.ShouldBeGreaterThan(5);
        scores.Select(s => s.Name).ShouldBe([PlaceboScore.Shuffled, PlaceboScore.Shifted]);
        scores.ShouldAllBe(s => !s.Skilful && s.Low < 0 && s.High > 0 && s.FalseAlarmRate == 0.01 && s.TestRows > 300);
    }

    [Fact]
    public void Alarms_on_sound_data_come_at_the_stated_rate()
    {
        const int runs = 120;
        Dictionary<string, int> alarms = [];
        for (var seed = 1; seed <= runs; seed++)
        {
            // The signal is strong: a placebo must not be held against what a chance direction of the features has of it.
            var data = Planted(new PlantedMarket(seed, features: 6, embeddings: 0), slots: 420);
            foreach (var score in Placebo.Run(data, 4_200_000, seed, Options, CancellationToken.None).Scores)
                alarms[score.Name] = alarms.GetValueOrDefault(score.Name) + (score.Skilful ? 1 : 0);
        }

        // 12 expected, ± 3 standard deviations of 3.3; the null proof counts over more.
        alarms.Count.ShouldBe(2);
        alarms.Values.ShouldAllBe(count => count >= 2 && count <= 22);
    }

    [Fact]
    public void Labels_are_dealt_out_among_the_slots_and_symbols_stay_together()
    {
        var data = Planted(new PlantedMarket(seed: 4), slots: 200);
        int[] rows = [.. Enumerable.Range(0, data.Count)];

        var placebo = PlaceboData.Shuffled(data, rows, seed: 1);

        placebo.Count.ShouldBe(data.Count);
        var places = rows.Select(row => LabelPlace(data, placebo, row)).ToArray();
        places.Order().ShouldBe(rows);
        places.Index().Count(p => p.Index == p.Item).ShouldBeLessThan(10);
        // Two rows a slot, one of each symbol: their labels come from one slot too.
        for (var row = 0; row < data.Count; row += 2)
            (places[row] / 2).ShouldBe(places[row + 1] / 2);
        placebo.Features.Row(7).SequenceEqual(data.Features.Row(7)).ShouldBeTrue();
        PlaceboData.Shuffled(data, rows, seed: 2).Gross(0).SequenceEqual(placebo.Gross(0)).ShouldBeFalse();
    }

    [Fact]
    public void A_judge_that_tests_on_what_was_trained_on_is_found_out()
    {
        var data = Planted(new PlantedMarket(seed: 5, features: 30, embeddings: 0), slots: 500);
        var placebo = PlaceboData.Shuffled(data, [.. Enumerable.Range(0, data.Count)], seed: 1);
        var sound = PurgedSplit.Make(placebo.BaseTs, 4_200_000);
        var options = new TrainingOptions { Ridge = new() { Penalties = [0.003] } };

        var ic = Placebo.Judge([placebo], sound with { Test = sound.Train }, 4_200_000, 1, options, CancellationToken.None)[0];

        PlaceboScore.Of(PlaceboScore.Shuffled, sound.Train.Length, ic, 0.01).Skilful.ShouldBeTrue();
    }

    [Fact]
    public void Features_that_tell_of_a_later_day_are_found_out()
    {
        var market = new PlantedMarket(seed: 6, features: 12, embeddings: 0);
        var rows = market.Rows(1500, "AAA", "BBB").ToList();
        var shift = 31 * 6 * 2;
        for (var i = 0; i < rows.Count - shift; i++)
            rows[i].Features[3] += (float)(rows[i + shift].Gross[4] / rows[i + shift].SigmaSlot);
        var data = new DataSet(market.Header);
        foreach (var row in rows)
            data.Add(row.Symbol, row.BaseTs, row.Features, row.SigmaSlot, row.Standing, row.Gross, row.Sides);

        var scores = Placebo.Run(data, 4_200_000, seed: 1, new TrainingOptions(), CancellationToken.None).Scores;

        scores.Single(s => s.Name == PlaceboScore.Shifted).Skilful.ShouldBeTrue();
        scores.Single(s => s.Name == PlaceboScore.Shuffled).Skilful.ShouldBeFalse();
    }

    [Fact]
    public void A_direction_forecast_too_well_is_suspected_and_an_honest_one_is_not()
    {
        var options = new TrainingOptions();
        LeakScore Check(double strength) => Placebo.Run(
            Planted(new PlantedMarket(seed: 8, features: 12, embeddings: 0, strength), slots: 3000), 4_200_000, 1, options, CancellationToken.None).Leak!;

        Check(0.5).ShouldSatisfyAllConditions(s => s.Suspicious.ShouldBeTrue(), s => s.AtLeast!.Value.ShouldBeGreaterThan(0.1));
        Check(0.05).Suspicious.ShouldBeFalse();
    }

    [Fact]
    public void Placebos_of_too_few_rows_are_not_judged_and_say_so()
    {
        var (scores, leak) = Placebo.Run(Planted(new PlantedMarket(seed: 7), slots: 110), 4_200_000, 1, new TrainingOptions(), CancellationToken.None);

        scores.Select(s => s.Name).ShouldBe([PlaceboScore.Shuffled, PlaceboScore.Shifted]);
        scores.ShouldAllBe(s => s.T == null && s.TestRows == 0 && !s.Skilful);
        leak.ShouldBeNull();
    }

    /// <summary>Of the latest rows alone there would be eight instants.</summary>
    [Fact]
    public void Placebos_of_very_many_symbols_are_judged_on_days_of_some()
    {
        string[] symbols = [.. Enumerable.Range(0, 1500).Select(i => $"S{i}")];
        var data = Planted(new PlantedMarket(seed: 10, features: 4, embeddings: 0), slots: 250, symbols);

        var (scores, leak) = Placebo.Run(data, 4_200_000, 1, new TrainingOptions(), CancellationToken.None);

        scores.ShouldAllBe(s => s.T != null && s.Blocks >= 5 && s.TrainRows + s.TestRows < 12_000);
        leak.ShouldNotBeNull().TestRows.ShouldBe(scores[0].TestRows);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(12)]
    public void Labels_fitted_together_come_out_as_each_alone(int embeddings)
    {
        var data = Planted(new PlantedMarket(seed: 9, features: 12, embeddings), slots: 600);
        var shuffled = PlaceboData.Shuffled(data, [.. Enumerable.Range(0, data.Count)], seed: 1);
        var split = PurgedSplit.Make(data.BaseTs, 4_200_000);
        BlockedIc[] Judge(params DataSet[] sets) => Placebo.Judge(sets, split, 4_200_000, 1, new TrainingOptions(), CancellationToken.None);

        Judge(data, shuffled).ShouldBe([Judge(data)[0], Judge(shuffled)[0]]);
    }

    private static DataSet Planted(PlantedMarket market, int slots) => Planted(market, slots, "AAA", "BBB");

    private static DataSet Planted(PlantedMarket market, int slots, params string[] symbols)
    {
        var data = new DataSet(market.Header);
        foreach (var row in market.Rows(slots, symbols))
            data.Add(row.Symbol, row.BaseTs, row.Features, row.SigmaSlot, row.Standing, row.Gross, row.Sides);
        return data;
    }

    private static int LabelPlace(DataSet data, DataSet placebo, int row)
    {
        var label = placebo.Gross(row)[4] / placebo.Sigma(row);
        return Enumerable.Range(0, data.Count).MinBy(other => Math.Abs((data.Gross(other)[4] / data.Sigma(other)) - label));
    }
}
