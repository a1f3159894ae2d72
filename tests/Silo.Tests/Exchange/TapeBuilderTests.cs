using Hts.Exchange;
using Hts.Files;
using Hts.Tests.Files;
using Hts.Trades;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Exchange;

public sealed class TapeBuilderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Cache => Path.Combine(folder.Path, "cache");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_symbol_with_both_kinds_of_files_is_taken_from_its_trades()
    {
        folder.Write("tape/AAA-1.csv", "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n1,5,1,1,1,1700000000000,true\n");
        folder.Write("tape/bars.csv", "symbol,ts,open,high,low,close,volume\nAAA,1700000040000,1,1,1,1,1\nBBB,1700000040000,2,2,2,2,1\nBBB,1700000100000,2,2,2,2,1\n");

        var stores = Build();

        using var tape = FileTape.Open(stores, new Dictionary<string, long> { ["AAA"] = 0, ["BBB"] = 0 });
        tape.Symbols.ShouldBe(["AAA", "BBB"]);
        tape.LastTs("AAA").ShouldBe(1700000000000);
        var trades = new Trade[10];
        tape.Read("BBB", 1, trades).ShouldBe(4);
        trades[0].Ts.ShouldBe(1700000055000);
    }

    [Fact]
    public void A_source_is_turned_once_and_a_changed_one_anew()
    {
        var path = folder.Write("tape/AAA-1.csv", "1,5,1,1,1,1700000000000,true\n");
        var first = Build();
        File.SetLastWriteTimeUtc(Directory.EnumerateFiles(first).Single(), DateTime.UnixEpoch);

        Build().ShouldBe(first);
        File.GetLastWriteTimeUtc(Directory.EnumerateFiles(first).Single()).ShouldBe(DateTime.UnixEpoch);

        File.AppendAllText(path, "2,5,1,2,2,1700000000001,true\n");
        Build().ShouldNotBe(first);
    }

    [Fact]
    public void What_a_killed_start_left_half_done_is_made_anew()
    {
        folder.Write("tape/AAA-1.csv", "1,5,1,1,1,1700000000000,true\n");
        var left = Path.Combine(Cache, TapeBuilder.Fingerprint(Path.Combine(folder.Path, "tape")) + ".tmp");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "AAA.tape"), "half");

        FileTape.Spans(Build()).ShouldBe([("AAA", 1700000000000, 1700000000000)]);
    }

    [Fact]
    public void A_source_without_a_readable_row_is_refused_with_the_first_problem()
    {
        folder.Write("tape/news.csv", "ts,source,subject\n1,2,3\n");

        var failure = Should.Throw<InvalidDataException>(Build);

        failure.Message.ShouldContain("news.csv: the file holds neither trades nor bars");
        Directory.EnumerateFileSystemEntries(Cache).ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_of_several_days_and_symbols_plays_as_one_market()
    {
        var now = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 3, 4, TimeSpan.Zero));
        var report = new ReadReport();
        using var origin = MarketOrigin.LoadOrCreate(Cache, now, new MarketOptions { Tape = SharedData.Path("trades/bitflyer"), Speed = 60 }, report: report);

        origin.Tape.Symbols.ShouldBe(["BTC_JPY", "ETH_BTC"]);
        origin.Tape.IdAt("BTC_JPY", long.MaxValue - 1_000_000_000_000_000).ShouldBe(873_549 + 1);
        origin.Tape.IdAt("ETH_BTC", long.MaxValue - 1_000_000_000_000_000).ShouldBe(830 + 4646 + 2166 + 1);
        (report.BadRows, report.BadFiles).ShouldBe((0, 0));
        var market = origin.Clock.NowMs;
        foreach (var symbol in origin.Tape.Symbols)
        {
            var (first, last) = (origin.Tape.FirstTs(symbol), origin.Tape.LastTs(symbol));
            ((market - first) / (double)(last - first)).ShouldBeInRange(0.8, 0.81);
        }
    }

    private string Build() => TapeBuilder.Build(Path.Combine(folder.Path, "tape"), Cache, new ReadReport());
}
