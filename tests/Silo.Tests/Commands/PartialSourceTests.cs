using System.Globalization;
using Hts.Bars;
using Hts.Tests.Imports;
using Hts.Tests.Postgres;

namespace Hts.Tests.Commands;

/// <summary>Sources that have less than what is stored.</summary>
public sealed class PartialSourceTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Start = 1_700_000_100_000;

    private static readonly StoredBar[] Stored =
    [
        .. Sample.Bars(Start, 40).Select(row => row with
        {
            Bar = row.Bar with { Trades = 37, TakerBuyVolume = row.Bar.Volume * 0.8, LastTradeId = 0 },
            Backfilled = true,
        }),
    ];

    private CommandDatabase data = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        data = await CommandDatabase.Create(postgres);
        await data.Store.Bars.Write("ABCUSDT", Stored, Cancellation);
    }

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Fact]
    public async Task A_file_without_counts_leaves_the_stored_ones_and_verify_agrees()
    {
        var file = data.Files.Write("ABCUSDT.csv", Csv(Stored));

        var import = await data.Run("import", "bars", file);
        var verify = await data.Run("verify", file);

        import.ExitCode.ShouldBe(0, import.Errors);
        import.Output.ShouldNotContain("corrected");
        await NothingChanged();
        verify.ExitCode.ShouldBe(0, verify.Output);
    }

    [Fact]
    public async Task A_table_without_counts_leaves_the_stored_ones()
    {
        await using var server = await PostgrestServer.Start(Stored.Select(row => (Iso(row), (string?)null, FormattableString.Invariant(
            $$"""{"ts":"{{Iso(row)}}","open":{{row.Bar.Open:R}},"high":{{row.Bar.High:R}},"low":{{row.Bar.Low:R}},"close":{{row.Bar.Close:R}},"volume":{{row.Bar.Volume:R}},"trades":null}"""))));
        data.Environment["SUPABASE_URL"] = server.Url;
        data.Environment["SUPABASE_API_KEY"] = PostgrestServer.Key;

        var import = await data.Run("import", "supabase", "--symbol", "ABCUSDT");

        import.ExitCode.ShouldBe(0, import.Errors);
        await NothingChanged();
    }

    [Fact]
    public async Task What_a_file_without_counts_corrects_keeps_the_stored_ones()
    {
        var corrected = Stored[7] with { Bar = Stored[7].Bar with { Volume = Stored[7].Bar.Volume / 2 } };
        var file = data.Files.Write("ABCUSDT.csv", Csv([.. Stored[..7], corrected, .. Stored[8..]]));

        (await data.Run("import", "bars", file)).Output.ShouldContain(", 1 stored bars corrected.");

        // Takers cannot have bought more than was traded.
        var expected = corrected.Bar with { TakerBuyVolume = corrected.Bar.Volume };
        (await data.Bars("ABCUSDT")).Select(row => row.Bar).ShouldBe(Stored.Select((row, i) => i == 7 ? expected : row.Bar));
    }

    private async Task NothingChanged()
    {
        (await data.Bars("ABCUSDT")).ShouldBe(Stored);
        (await data.Store.Bars.ReadChange("ABCUSDT", Cancellation)).ShouldBeNull();
    }

    private static string Csv(IEnumerable<StoredBar> rows) => "ts,open,high,low,close,volume\n" + string.Concat(rows.Select(
        row => FormattableString.Invariant(
            $"{row.Bar.Ts},{row.Bar.Open:R},{row.Bar.High:R},{row.Bar.Low:R},{row.Bar.Close:R},{row.Bar.Volume:R}\n")));

    private static string Iso(StoredBar row) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.Bar.Ts).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
