using Hts.Bars;
using Hts.DataSets;
using Hts.Features;
using Hts.Strategies;

namespace Hts.Tests.DataSets;

public sealed class RowAuditTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FeatureSchema schema = new(StrategySet.Default(), new Grid(60), new FeatureOptions { Leader = "AAA" });

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rows_of_a_sound_data_set_come_out_the_same()
    {
        var (report, sample) = await Audit(canaryBars: 0);

        report.Leak.ShouldBeNull();
        report.Differing.ShouldBe(0);
        report.Checked.ShouldBe(sample.Of("AAA").Count + sample.Of("BBB").Count);
        report.Checked.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Features_that_know_one_bar_of_the_future_are_found_out()
    {
        var (report, _) = await Audit(canaryBars: 1);

        report.Differing.ShouldBe(report.Checked);
        report.Leak.ShouldNotBeNull().ShouldContain($"{report.Checked} of {report.Checked} sampled rows");
    }

    [Theory]
    [InlineData("AAA")]
    [InlineData("BBB")]
    public async Task Bars_that_came_in_between_the_two_readings_are_no_leak(string changed)
    {
        var sample = new RowSample(stride: 23);
        var builder = new DataSetBuilder(schema, sample);
        await builder.Build(folder.File("a.parquet"), [Source("AAA", 1), Source("BBB", 2)], "AAA", long.MaxValue, CancellationToken.None);
        SymbolSource[] later = [Source("AAA", 1, shorter: changed == "AAA"), Source("BBB", 2, shorter: changed == "BBB")];

        var report = await new RowAudit(schema).Run(later, "AAA", sample, 1, CancellationToken.None);

        report.Leak.ShouldBeNull();
        report.Checked.ShouldBeLessThan(sample.Of("AAA").Count + sample.Of("BBB").Count);
    }

    private async Task<(RowAuditReport Report, RowSample Sample)> Audit(int canaryBars)
    {
        var sample = new RowSample(stride: 23);
        var sources = new[] { Source("AAA", 1), Source("BBB", 2) };
        await new DataSetBuilder(schema, sample, new LeakCanary { FeaturesKnowFutureBars = canaryBars })
            .Build(folder.File("a.parquet"), sources, "AAA", long.MaxValue, CancellationToken.None);
        return (await new RowAudit(schema).Run(sources, "AAA", sample, 1, CancellationToken.None), sample);
    }

    /// <summary>Three days of minutes with a hole, and now and then an embedding that came late.</summary>
    private static SymbolSource Source(string symbol, int seed, bool shorter = false)
    {
        var bars = RandomBars.Minutes(seed, 3 * 1440).Where(bar => bar.Ts / 60_000 % 1440 is < 700 or > 715)
            .Where((_, i) => !shorter || i is < 2000 or > 2100).ToList();
        var embeddings = RandomBars.Embeddings(seed, bars[0].Ts, 400);
        return new SymbolSource(symbol, Stream(bars), Stream(embeddings));
    }

    private static async IAsyncEnumerable<T> Stream<T>(IEnumerable<T> items)
    {
        foreach (var item in items)
            yield return item;
        await Task.CompletedTask;
    }
}
