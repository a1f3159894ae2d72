using System.Globalization;
using Hts.Bars;
using Hts.Tests.Imports;
using Hts.Tests.Postgres;

namespace Hts.Tests.Commands;

/// <summary>History that does not reach what is stored.</summary>
public sealed class OlderHistoryTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Day = 86_400_000;
    private const long Start = 20_000 * Day;

    private CommandDatabase data = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        data = await CommandDatabase.Create(postgres);
        await data.Store.Bars.Write("ABCUSDT", Sample.Bars(Start, 40), Cancellation);
        await data.Store.Bars.Write("ABCUSDT", Sample.Bars(Start + (30 * Day), 40), Cancellation);
    }

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Fact]
    public async Task A_file_marks_what_lacks_between_it_and_the_stored_bars_on_either_side()
    {
        await data.Store.Bars.MarkGap("ABCUSDT", new Gap(Start + (20 * Day), Start + (21 * Day), "feed lost", 1), Cancellation);
        var file = data.Files.Write("ABCUSDT.csv", Csv(Sample.Bars(Start + (10 * Day), 40)));

        (await data.Run("import", "bars", file)).Output.ShouldContain("2 holes");
        var gaps = await data.Gaps("ABCUSDT");
        (await data.Run("import", "bars", file, "--again")).ExitCode.ShouldBe(0);

        const long length = 40 * Sample.BarMs;
        gaps.Select(gap => (gap.FromTs, gap.ToTs, gap.Cause)).ShouldBe(
        [
            (Start + length, Start + (10 * Day), "not in the imported files"),
            (Start + (10 * Day) + length, Start + (20 * Day), "not in the imported files"),
            (Start + (20 * Day), Start + (21 * Day), "feed lost"),
            (Start + (21 * Day), Start + (30 * Day), "not in the imported files"),
        ]);
        (await data.Gaps("ABCUSDT")).ShouldBe(gaps);
        await NoFinding();
    }

    [Fact]
    public async Task A_table_marks_what_lacks_between_it_and_the_stored_bars()
    {
        var bars = Sample.Bars(Start + (40 * Sample.BarMs), 40);
        await using var server = await PostgrestServer.Start(bars.Select(row => (Iso(row), (string?)null, FormattableString.Invariant(
            $$"""{"ts":"{{Iso(row)}}","open":{{row.Bar.Open:R}},"high":{{row.Bar.High:R}},"low":{{row.Bar.Low:R}},"close":{{row.Bar.Close:R}},"volume":{{row.Bar.Volume:R}}}"""))));
        data.Environment["SUPABASE_URL"] = server.Url;
        data.Environment["SUPABASE_API_KEY"] = PostgrestServer.Key;

        (await data.Run("import", "supabase", "--symbol", "ABCUSDT")).ExitCode.ShouldBe(0);

        var gap = (await data.Gaps("ABCUSDT")).ShouldHaveSingleItem();
        (gap.FromTs, gap.ToTs).ShouldBe((Start + (80 * Sample.BarMs), Start + (30 * Day)));
        await NoFinding();
    }

    private async Task NoFinding()
    {
        await foreach (var finding in data.Store.Audit(Grid.Default, TimeSpan.Zero).Run(Cancellation))
            Assert.Fail(finding.ToString());
    }

    private static string Csv(IEnumerable<StoredBar> rows) => "ts,open,high,low,close,volume\n" + string.Concat(rows.Select(
        row => FormattableString.Invariant(
            $"{row.Bar.Ts},{row.Bar.Open:R},{row.Bar.High:R},{row.Bar.Low:R},{row.Bar.Close:R},{row.Bar.Volume:R}\n")));

    private static string Iso(StoredBar row) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.Bar.Ts).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
