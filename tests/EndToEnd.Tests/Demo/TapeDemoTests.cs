using System.Globalization;
using System.Text.Json;
using Hts.Bars;
using Hts.Labels;
using Hts.Strategies;
using Hts.Tests.Hosting;

namespace Hts.Tests.Demo;

[Collection(DemoCollection.Name)]
public sealed class TapeDemoTests(TapeDemo demo)
{
    [Fact]
    public async Task Outcomes_are_the_labels_of_the_stored_bars_to_the_bit()
    {
        var outcomes = await demo.Outcomes();
        var bars = await demo.Silo.GetAll($"/api/symbols/{TapeDemo.Symbol}/bars?interval=15s&limit=5000&from=2000-01-01T00:00:00Z");
        var labels = Labels(bars);

        foreach (var prediction in outcomes)
        {
            var label = labels[Ms(prediction.GetProperty("targetTs"))];
            foreach (var (name, net) in StrategySet.Default().Names.Zip(label.Net))
                prediction.GetProperty("outcome").GetProperty(name).GetDouble().ShouldBe(net * 100, $"{name} at {prediction}");
        }
    }

    [Fact]
    public async Task The_features_of_all_predictions_come_out_of_the_tables_again()
    {
        var run = await CommandRun.Silo("audit", "--data-dir", demo.DataDir, "--features", "24");

        run.Errors.ShouldBeEmpty();
        run.Output.ShouldMatch(@"[1-9]\d* predictions' features made again, \d+ differ by what came in later, 0 differ otherwise\.");
    }

    [Fact]
    public async Task Every_slot_since_the_first_has_one_champion_row()
    {
        var rows = (await demo.Silo.Get($"/api/symbols/{TapeDemo.Symbol}/predictions?role=champion&limit=500")).GetProperty("items").EnumerateArray()
            .Select(p => Ms(p.GetProperty("baseTs"))).Order().ToArray();
        rows.ShouldBe(Enumerable.Range(0, rows.Length).Select(i => rows[0] + (i * 600_000L)));
    }

    [Fact]
    public async Task Each_training_tells_what_became_of_its_model_and_why()
    {
        // One that the gate has just let pass is a candidate until it serves; where trainings follow fast there may always be one.
        var models = (await demo.Silo.GetAll("/api/models?limit=500")).Where(m => m.GetProperty("state").GetString() != "candidate").ToList();
        models.ShouldContain(m => m.GetProperty("state").GetString() == "champion");
        foreach (var model in models)
        {
            model.GetProperty("state").GetString().ShouldBeOneOf("champion", "retired", "rejected");
            model.GetProperty("reason").GetString().ShouldNotBeNullOrWhiteSpace();
            model.GetProperty("decision").GetProperty("verdict").GetString().ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Fact]
    public async Task Predictions_carry_ordered_intervals_and_a_reason()
    {
        foreach (var prediction in await demo.Outcomes())
        {
            prediction.GetProperty("reason").GetString().ShouldNotBeNullOrWhiteSpace();
            foreach (var name in StrategySet.Default().Names)
            {
                // Of the outcome, not of its mean: a strategy that mostly stays flat may have its mean outside.
                prediction.GetProperty("lower").GetProperty(name).GetDouble()
                    .ShouldBeLessThanOrEqualTo(prediction.GetProperty("upper").GetProperty(name).GetDouble());
            }
        }
    }

    private static Dictionary<long, WindowLabel> Labels(IEnumerable<JsonElement> bars)
    {
        var maker = new LabelMaker(StrategySet.Default(), Grid.Default);
        var labels = new Dictionary<long, WindowLabel>();
        foreach (var json in bars)
        {
            var bar = BarOf(json);
            while (maker.Book.LastTs != long.MinValue && maker.Book.LastTs + Grid.Default.BarMs < bar.Ts)
                maker.AppendMissing(maker.Book.LastTs + Grid.Default.BarMs);
            if (maker.Append(bar))
                labels[maker.Label.Ts] = maker.Label.Copy();
        }
        return labels;
    }

    private static Bar BarOf(JsonElement json) => new(
        Ms(json.GetProperty("ts")), json.GetProperty("open").GetDouble(), json.GetProperty("high").GetDouble(), json.GetProperty("low").GetDouble(), json.GetProperty("close").GetDouble(), json.GetProperty("volume").GetDouble(), json.GetProperty("takerBuyVolume").GetDouble(),
        json.GetProperty("trades").GetInt32(), 0);

    private static long Ms(JsonElement time) =>
        DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
