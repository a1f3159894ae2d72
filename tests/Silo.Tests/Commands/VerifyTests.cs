using System.Text.Json;
using Hts.Bars;
using Hts.Files;
using Hts.Tests.Postgres;
using Hts.Trades;

namespace Hts.Tests.Commands;

public sealed class VerifyTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Header = "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n";
    private const long Start = 1_700_000_100_000;
    private CommandDatabase data = null!;
    private string file = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        data = await CommandDatabase.Create(postgres);
        // Two minutes of trades, five minutes without any, two minutes more; it begins and ends within a bar.
        file = data.Files.Write("ABCUSDT.csv", Header + string.Concat(Enumerable.Range(0, 240).Select(i =>
            $"{i + 1},{100 + (i % 7)},0.5,{i + 1},{i + 1},{Start + 7_000 + (i * 1_000L) + (i >= 120 ? 300_000 : 0)},true\n")));
    }

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Fact]
    public async Task Every_difference_is_printed_with_both_values_and_its_time()
    {
        var bars = Computed();
        var changed = bars.Select(bar => new StoredBar(bar, bar.Ts + 15_000, 0)).ToList();
        changed[2] = changed[2] with { Bar = changed[2].Bar with { Close = 101.5, Trades = 14 } };
        changed.RemoveAt(4);
        changed.Add(new StoredBar(Sample.Bars(Start + 200_000 - 5_000, 1)[0].Bar, 1, 0));
        await data.Store.Bars.Write("ABCUSDT", [.. changed.OrderBy(bar => bar.Bar.Ts)], Cancellation);

        var run = await data.Run("verify", file, "--json");

        run.ExitCode.ShouldBe(1);
        var found = run.OutputLines.Select(line => JsonDocument.Parse(line).RootElement).Select(json => string.Join(
            ' ', new[] { "kind", "field", "file", "stored" }.Select(name => json.TryGetProperty(name, out var value) ? value.GetString() : "-"))).ToArray();
        found.ShouldContain($"differs close {bars[2].Close} 101.5");
        found.ShouldContain("differs trades 15 14");
        found.Count(text => text.StartsWith("missing", StringComparison.Ordinal)).ShouldBe(1);
        found.Count(text => text.StartsWith("extra", StringComparison.Ordinal)).ShouldBe(1);
        found.Count(text => text.StartsWith("unmarked", StringComparison.Ordinal)).ShouldBe(2);
        run.Errors.ShouldContain($"{found.Length} differences in {bars.Length} bars");
    }

    [Fact]
    public async Task Bars_that_the_file_cuts_quiet_bars_and_marked_gaps_agree()
    {
        var bars = Computed();
        var stored = bars.Select(bar => new StoredBar(bar, bar.Ts + 15_000, 0)).ToList();
        // The live feed saw the whole of the first and the last bar, and vouched for a part of the silence.
        stored[0] = stored[0] with { Bar = Wider(bars[0]) with { Open = 99, Low = 99 } };
        stored[^1] = stored[^1] with { Bar = Wider(bars[^1]) with { Close = 120, High = 120, LastTradeId = 999 } };
        var hole = Enumerable.Range(1, bars.Length - 1).First(i => bars[i].Ts - bars[i - 1].Ts > 15_000);
        stored.Add(new StoredBar(Bar.Flat(bars[hole - 1].Ts + 15_000, bars[hole - 1].Close, 1), 1, 0));
        await data.Store.Bars.Write("ABCUSDT", [.. stored.OrderBy(bar => bar.Bar.Ts)], Cancellation);
        await data.Store.Bars.MarkGap("ABCUSDT", new Gap(bars[hole - 1].Ts + 30_000, bars[hole].Ts, "feed lost", 1), Cancellation);

        var run = await data.Run("verify", file);

        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.ShouldContain($"0 differences in {bars.Length} bars of 240 rows; 2 bars cut at the files' ends");
    }

    [Fact]
    public async Task A_missing_bar_says_whether_it_is_marked_and_a_span_leaves_the_rest_out()
    {
        var bars = Computed();
        await data.Store.Bars.Write("ABCUSDT", [.. bars[..3].Select(bar => new StoredBar(bar, 1, 0))], Cancellation);
        await data.Store.Bars.MarkGap("ABCUSDT", new Gap(bars[3].Ts, bars[4].Ts, "feed lost", 1), Cancellation);

        var run = await data.Run("verify", file, "--to", Hts.Time.Timestamps.Iso(bars[5].Ts));

        run.ExitCode.ShouldBe(1);
        run.OutputLines.Count(line => line.Contains(" missing: ", StringComparison.Ordinal)).ShouldBe(2);
        run.Output.ShouldContain("marked as a gap: feed lost");
        run.Output.ShouldContain("not marked as a gap");
        run.Output.ShouldContain("2 differences in 5 bars");
    }

    [Fact]
    public async Task At_the_ends_of_a_span_within_the_file_nothing_is_cut()
    {
        var bars = Computed();
        var stored = bars.Select(bar => new StoredBar(bar, bar.Ts + 15_000, 0)).ToList();
        foreach (var i in new[] { 2, 5 })
            stored[i] = stored[i] with { Bar = Wider(bars[i]) };
        await data.Store.Bars.Write("ABCUSDT", stored, Cancellation);

        var run = await data.Run("verify", file, "--from", Hts.Time.Timestamps.Iso(bars[2].Ts), "--to", Hts.Time.Timestamps.Iso(bars[6].Ts));

        run.ExitCode.ShouldBe(1, run.Output);
        run.OutputLines.Count(line => line.Contains(" trades ", StringComparison.Ordinal)).ShouldBe(2);
        run.Output.ShouldContain("in 4 bars");
        run.Output.ShouldContain("0 bars cut at the files' ends");
    }

    [Fact]
    public async Task Single_trades_and_the_aggregates_of_them_agree_though_each_kind_counts_its_own_ids()
    {
        var ids = Enumerable.Range(1, 240).ToArray();
        var aggregates = data.Files.Write("aggregates/ABCUSDT.csv", string.Concat(ids.Select(
            id => $"{id},{100 + (id % 7)},0.5,{2 * id},{(2 * id) + 1},{Start + (id * 1_000L)},true,true\n")));
        var singles = data.Files.Write("singles/ABCUSDT.csv", string.Concat(ids.SelectMany(id => new[] { 2 * id, (2 * id) + 1 }.Select(
            single => $"{single},{100 + (id % 7)},0.25,25,{Start + (id * 1_000L)},true,true\n"))));
        (await data.Run("import", "trades", aggregates)).ExitCode.ShouldBe(0);
        var stored = await data.Bars("ABCUSDT");

        var verify = await data.Run("verify", singles);
        var import = await data.Run("import", "trades", singles);

        verify.ExitCode.ShouldBe(0, verify.Output);
        import.ExitCode.ShouldBe(0, import.Errors);
        (await data.Bars("ABCUSDT")).ShouldBe(stored);
        stored[^1].Bar.LastTradeId.ShouldBe(240);
    }

    [Fact]
    public async Task Files_of_neither_kind_are_one_line()
    {
        var other = data.Files.Write("notes.csv", "a,b,c\n1,2,3\n");
        var run = await data.Run("verify", other, "--symbol", "ABCUSDT");
        run.ExitCode.ShouldBe(1);
        run.Errors.Trim().Split('\n').Length.ShouldBe(1, run.Errors);
    }

    private Bar[] Computed() =>
        [.. new TapeBars(TradeFile.Read(file).SelectMany(batch => batch.Trades.ToArray()), Grid.Default).Read()];

    private static Bar Wider(Bar bar) => bar with { Volume = bar.Volume + 1, TakerBuyVolume = bar.TakerBuyVolume + 0.5, Trades = bar.Trades + 2 };
}
