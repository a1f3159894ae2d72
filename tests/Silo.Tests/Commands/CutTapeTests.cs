using Hts.Tests.Postgres;

namespace Hts.Tests.Commands;

/// <summary>Trades that break off within bars whose whole is stored.</summary>
public sealed class CutTapeTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Header = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n";
    private const long Start = 1_700_000_100_000;

    private CommandDatabase data = null!;

    public async ValueTask InitializeAsync() => data = await CommandDatabase.Create(postgres);

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Theory]
    [InlineData(1_000)]
    [InlineData(50)]
    public async Task Files_that_are_read_again_change_nothing_where_others_between_them_are_not(int trades)
    {
        string[] files =
        [
            .. Enumerable.Range(0, 7).Select(i => data.Files.Write($"ABCUSDT-{i}.csv", Header + Trades(Enumerable.Range((i * trades) + 1, trades)))),
        ];
        string[] import = ["import", "trades", .. files];
        (await data.Run(import)).ExitCode.ShouldBe(0);
        var stored = await data.Bars("ABCUSDT");
        foreach (var i in new[] { 1, 5 })
            File.SetLastWriteTimeUtc(files[i], File.GetLastWriteTimeUtc(files[i]).AddSeconds(1));

        var again = await data.Run(import);

        again.Output.ShouldContain("5 files were imported before");
        (await data.Bars("ABCUSDT")).ShouldBe(stored);
        (await data.Gaps("ABCUSDT")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recording_that_pauses_takes_nothing_of_the_bars_beside_its_pause()
    {
        (await data.Run("import", "trades", data.Files.Write("whole/ABCUSDT.csv", Header + Trades(Enumerable.Range(1, 2_000))))).ExitCode.ShouldBe(0);
        var stored = await data.Bars("ABCUSDT");

        var paused = data.Files.Write("paused/ABCUSDT.csv", Header + Trades(Enumerable.Range(1, 2_000).Where(id => id is < 800 or > 1_200)));
        (await data.Run("import", "trades", paused)).ExitCode.ShouldBe(0);

        (await data.Bars("ABCUSDT")).ShouldBe(stored);
    }

    private static string Trades(IEnumerable<int> ids) => string.Concat(ids.Select(
        id => $"{id},{100 + (id % 7)},0.5,{id},{id},{Start + (id * 700L)},{(id % 2 == 0 ? "true" : "false")}\n"));
}
