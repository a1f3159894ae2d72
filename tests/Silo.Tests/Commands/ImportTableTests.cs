using System.Globalization;
using Hts.Bars;
using Hts.Tests.Imports;
using Hts.Tests.Postgres;

namespace Hts.Tests.Commands;

public sealed class ImportTableTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const long Start = 1_700_000_100_000;

    private CommandDatabase data = null!;

    public async ValueTask InitializeAsync() => data = await CommandDatabase.Create(postgres);

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Fact]
    public async Task A_supabase_table_comes_whole_through_a_cap_of_rows_and_faults()
    {
        var bars = Sample.Bars(Start, 3_500).Select(bar => bar.Bar).ToArray();
        await using var server = await Serve(bars.Select(bar => (bar, (string?)null)));
        foreach (var fault in new[] { 429, 503, 200 })
            server.Faults.Enqueue(fault);

        var run = await Import(server);

        run.ExitCode.ShouldBe(0, run.Errors);
        (await data.Bars("ABCUSDT")).Select(bar => bar.Bar).ShouldBe(bars);
        (await data.Bars("ABCUSDT")).ShouldAllBe(bar => bar.Backfilled);
        run.Output.ShouldContain("3500 rows of 127.0.0.1/price_15s");
        (run.Output + run.Errors).ShouldNotContain(PostgrestServer.Key);
    }

    [Fact]
    public async Task Of_a_table_with_symbols_one_is_taken_within_the_span()
    {
        var bars = Sample.Bars(Start, 100).Select(bar => bar.Bar).ToArray();
        await using var server = await Serve(bars.SelectMany(bar => new[] { (bar, "ABCUSDT"), (bar with { Volume = 1e6 }, (string?)"XYZUSDT") }), cap: 7);

        var run = await Import(server, "--from", Iso(bars[10].Ts), "--to", Iso(bars[60].Ts));

        run.ExitCode.ShouldBe(0, run.Errors);
        (await data.Bars("ABCUSDT")).Select(bar => bar.Bar).ShouldBe(bars[10..60]);
        (await data.Bars("XYZUSDT")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_original_table_without_optional_columns_and_with_numbers_as_text_is_read()
    {
        string[] rows =
        [
            $$"""{"id":7,"ts":"{{Iso(Start)}}","open":"10.5","high":"11","low":"10","close":"10.75","volume":"4"}""",
            $$"""{"id":8,"ts":"{{Iso(Start + 15_000)}}","open":10.5,"high":9,"low":10,"close":10.75,"volume":4}""",
            $$"""{"id":9,"ts":"{{Iso(Start + 30_000)}}","open":10.5,"high":11,"low":10,"close":10.75,"volume":0,"trades":null}""",
        ];
        await using var server = await PostgrestServer.Start(rows.Select((json, i) => (Iso(Start + (i * 15_000)), (string?)null, json)));

        var run = await Import(server);

        run.ExitCode.ShouldBe(0, run.Errors);
        (await data.Bars("ABCUSDT")).Select(bar => bar.Bar).ShouldBe(
        [
            new Bar(Start, 10.5, 11, 10, 10.75, 4, 2, 1, 0),
            new Bar(Start + 30_000, 10.5, 11, 10, 10.75, 0, 0, 0, 0),
        ]);
        run.Errors.ShouldContain("127.0.0.1/price_15s:2: high is below low");
        run.Output.ShouldContain("1 bad rows");
        (await data.Gaps("ABCUSDT")).ShouldHaveSingleItem().FromTs.ShouldBe(Start + 15_000);
    }

    [Fact]
    public async Task A_broken_off_import_stores_what_came_and_a_later_one_goes_on_there()
    {
        var bars = Sample.Bars(Start, 12_000).Select(bar => bar.Bar).ToArray();
        await using var server = await Serve(bars.Select(bar => (bar, (string?)null)));
        server.FailFrom = 13;
        var broken = await Import(server);
        server.FailFrom = int.MaxValue;
        var asked = server.Requests;

        var run = await Import(server);

        broken.ExitCode.ShouldBe(1);
        broken.Errors.ShouldContain("answers 500 (7 tries)");
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("were imported before");
        (server.Requests - asked).ShouldBeLessThan(6);
        (await data.Bars("ABCUSDT")).Select(bar => bar.Bar).ShouldBe(bars);
        (await data.Gaps("ABCUSDT")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("wrong-key", "price_15s", "refuses the key in SUPABASE_API_KEY (401)")]
    [InlineData(PostgrestServer.Key, "prices", "has no table prices")]
    [InlineData("", "price_15s", "Set SUPABASE_API_KEY in the environment")]
    public async Task What_supabase_refuses_is_one_line(string key, string table, string expected)
    {
        await using var server = await Serve([]);
        data.Environment["SUPABASE_URL"] = server.Url;
        data.Environment["SUPABASE_API_KEY"] = key;

        var run = await data.Run("import", "supabase", "--symbol", "ABCUSDT", "--table", table);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain(expected);
        run.Errors.Trim().Split('\n').Length.ShouldBe(1, run.Errors);
        run.Errors.ShouldNotContain("wrong-key");
    }

    [Fact]
    public async Task A_key_never_travels_in_the_clear()
    {
        data.Environment["SUPABASE_URL"] = "http://project.example.org";
        data.Environment["SUPABASE_API_KEY"] = PostgrestServer.Key;
        (await data.Run("import", "supabase", "--symbol", "ABCUSDT")).Errors.ShouldContain("must begin with https");
    }

    [Fact]
    public async Task A_postgresql_table_is_read_and_never_written()
    {
        var bars = Sample.Bars(Start, 2_500).Select(bar => bar.Bar).ToArray();
        var source = await postgres.NewDatabase(migrated: false);
        await PostgresFixture.Execute(
            source,
            """
            CREATE SCHEMA old;
            CREATE TABLE old.price_15s (ts timestamptz PRIMARY KEY, open numeric, high numeric, low numeric, close numeric, volume double precision, trades int);
            """);
        var values = string.Join(',', bars.Select(bar => FormattableString.Invariant(
            $"('{Iso(bar.Ts)}',{bar.Open:R},{bar.High:R},{bar.Low:R},{bar.Close:R},{bar.Volume:R},{bar.Trades})")));
        await PostgresFixture.Execute(source, $"INSERT INTO old.price_15s VALUES {values}");
        data.Environment["ConnectionStrings__Source"] = source;
        string[] import = ["import", "postgres", "--symbol", "ABCUSDT", "--table", "old.price_15s"];

        var run = await data.Run(import);

        run.ExitCode.ShouldBe(0, run.Errors);
        (await data.Bars("ABCUSDT")).Select(bar => bar.Bar)
            .ShouldBe(bars.Select(bar => bar with { TakerBuyVolume = bar.Volume / 2, LastTradeId = 0 }));
        (await data.Run(import)).Output.ShouldContain("ABCUSDT: 0 bars");
        var missing = await data.Run("import", "postgres", "--symbol", "ABCUSDT", "--table", "nothing");
        missing.ExitCode.ShouldBe(1);
        missing.Errors.ShouldContain("there is no such table");
    }

    private static string Iso(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static Task<PostgrestServer> Serve(IEnumerable<(Bar Bar, string? Symbol)> bars, int cap = 1_000) =>
        PostgrestServer.Start(bars.Select(row => (Iso(row.Bar.Ts), row.Symbol, Json(row.Bar, row.Symbol))), cap);

    private static string Json(Bar bar, string? symbol) => FormattableString.Invariant(
        $$"""{{{(symbol is null ? "" : $"\"symbol\":\"{symbol}\",")}}"ts":"{{Iso(bar.Ts)}}","open":{{bar.Open:R}},"high":{{bar.High:R}},"low":{{bar.Low:R}},"close":"{{bar.Close:R}}","volume":{{bar.Volume:R}},"taker_buy_volume":{{bar.TakerBuyVolume:R}},"trades":{{bar.Trades}},"last_trade_id":{{bar.LastTradeId}}}""");

    private Task<SiloRun> Import(PostgrestServer server, params string[] more)
    {
        data.Environment["SUPABASE_URL"] = server.Url;
        data.Environment["SUPABASE_API_KEY"] = PostgrestServer.Key;
        return data.Run(["import", "supabase", "--symbol", "ABCUSDT", .. more]);
    }
}
