using Hts.Bars;
using Hts.Commands;
using Hts.Evaluations;
using Hts.Files;

namespace Hts.Tests.Evaluations;

public sealed class BarFolderTests : IDisposable
{
    private const string Header = "symbol,ts,open,high,low,close,volume,trades,taker_buy_volume\n";
    private const long Start = 1_640_995_200_000;
    private readonly string folder = Directory.CreateTempSubdirectory("bars").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Bars_are_read_by_symbol_and_cut_to_the_span()
    {
        Write("AAAUSDT", 60, 20);
        Write("BBBUSDT", 60, 20);

        var bars = Read(60, [], Start + 120_000, Start + 600_000);

        bars.Keys.ShouldBe(["AAAUSDT", "BBBUSDT"]);
        bars["AAAUSDT"].Select(b => b.Ts).ShouldBe(Enumerable.Range(2, 8).Select(i => Start + (i * 60_000L)));
    }

    [Fact]
    public void Only_the_wanted_symbols_are_read()
    {
        Write("AAAUSDT", 60, 5);
        Write("BBBUSDT", 60, 5);

        Read(60, ["BBBUSDT"]).Keys.ShouldBe(["BBBUSDT"]);
    }

    [Fact]
    public void Shorter_bars_are_merged_to_the_grid()
    {
        Write("AAAUSDT", 15, 40);

        var bars = Read(60, [])["AAAUSDT"];

        bars.Count.ShouldBe(10);
        bars[0].Volume.ShouldBe(4);
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Message(() => BarFolder.Read(Path.Combine(folder, "none"), [], new Grid(60), long.MinValue, long.MaxValue, new ReadReport()))
            .ShouldBe($"There is no file or folder '{Path.Combine(folder, "none")}'.");

    [Fact]
    public void A_symbol_that_is_not_there_is_named_beside_those_that_are()
    {
        Write("AAAUSDT", 60, 5);
        File.WriteAllText(Path.Combine(folder, "mixed.csv"), Header + Row("BBBUSDT", 60, 0));

        Message(() => Read(60, ["AAAUSDT", "XXXUSDT"])).ShouldBe($"'{folder}' holds no bars of XXXUSDT; there are AAAUSDT.");
    }

    [Fact]
    public void A_span_without_bars_is_told()
    {
        Write("AAAUSDT", 60, 5);

        Message(() => Read(60, [], Start + 86_400_000)).ShouldBe($"'{folder}' holds no bars from 2022-01-02T00:00:00Z on.");
    }

    [Fact]
    public void Bars_longer_than_the_grids_are_no_chain_of_holes_but_a_mistake()
    {
        Write("AAAUSDT", 60, 5);

        Message(() => Read(15, [])).ShouldBe("The bars of AAAUSDT are 60 s apart, not 15 s: give --bar-seconds 60.");
    }

    private IReadOnlyDictionary<string, List<Bar>> Read(int barSeconds, string[] wanted, long fromTs = long.MinValue, long toTs = long.MaxValue) =>
        BarFolder.Read(folder, wanted, new Grid(barSeconds), fromTs, toTs, new ReadReport());

    private void Write(string symbol, int seconds, int count) => File.WriteAllText(
        Path.Combine(folder, $"{symbol}-2022-01.csv"), Header + string.Concat(Enumerable.Range(0, count).Select(i => Row(symbol, seconds, i))));

    private static string Row(string symbol, int seconds, int i) => $"{symbol},{Start + (i * seconds * 1000L)},10,11,9,10.5,1,3,0.5\n";

    private static string Message(Action read) => Should.Throw<UserErrorException>(read).Message;
}
