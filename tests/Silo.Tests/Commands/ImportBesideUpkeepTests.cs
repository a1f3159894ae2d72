using System.Globalization;
using Hts.Bars;
using Hts.Postgres;
using Hts.Tests.Imports;
using Hts.Tests.Postgres;

namespace Hts.Tests.Commands;

public sealed class ImportBesideUpkeepTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const long Start = 20_000 * Day;

    private static readonly RetentionOptions Kept = new() { BarDays = 1, RollUpDays = 0, StateDays = 0 };

    private CommandDatabase data = null!;

    public async ValueTask InitializeAsync() => data = await CommandDatabase.Create(postgres);

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Fact]
    public async Task Days_no_longer_kept_are_rolled_up_whole_though_upkeep_comes_between_the_batches_of_an_import()
    {
        // A batch of 10,000 bars ends within an hour.
        var bars = Sample.Bars(Start, 50 * 240);
        await using var server = await PostgrestServer.Start(bars.Select(row => (Iso(row), (string?)null, FormattableString.Invariant(
            $$"""{"ts":"{{Iso(row)}}","open":{{row.Bar.Open:R}},"high":{{row.Bar.High:R}},"low":{{row.Bar.Low:R}},"close":{{row.Bar.Close:R}},"volume":{{row.Bar.Volume:R}},"trades":{{row.Bar.Trades}},"taker_buy_volume":{{row.Bar.TakerBuyVolume:R}},"last_trade_id":{{row.Bar.LastTradeId}}}"""))));
        data.Environment["SUPABASE_URL"] = server.Url;
        data.Environment["SUPABASE_API_KEY"] = PostgrestServer.Key;
        var between = new List<UpkeepReport>();
        server.Before = async _ =>
        {
            if (between.Count == 0 && (await data.Bars("ABCUSDT")).Count > 0)
                between.Add(await Upkeep());
        };

        var run = await data.Run("import", "supabase", "--symbol", "ABCUSDT");

        run.ExitCode.ShouldBe(0, run.Errors);
        between.ShouldHaveSingleItem().ShouldSatisfyAllConditions(report => report.Complete.ShouldBeFalse(), report => report.Days.ShouldBeEmpty());
        (await Upkeep()).Days.ShouldBe([Start, Start + Day, Start + (2 * Day)]);
        foreach (var interval in new[] { Minute, Hour })
        {
            var expected = BarRoller.Roll([.. bars.Select(row => row.Bar)], Sample.BarMs, interval);
            var rolled = await data.Store.Bars.ReadRolled("ABCUSDT", interval, 0, Start + (3 * Day), int.MaxValue, TestContext.Current.CancellationToken);
            rolled.Select(bar => (bar.Ts, bar.Trades)).ShouldBe(expected.Select(bar => (bar.Ts, bar.Trades)));
        }
    }

    private Task<UpkeepReport> Upkeep() => data.Store.Upkeep.Run(Kept, Start + (10 * Day), TestContext.Current.CancellationToken);

    private static string Iso(StoredBar row) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.Bar.Ts).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
