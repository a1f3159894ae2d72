using System.Text.Json;
using Hts.Tests.Hosting;

namespace Hts.Tests.Demo;

public sealed class PowerCutTests
{
    private const string Symbol = "BTC_JPY";
    private const int Unsettled = 200;
    private const string Bars = $"/api/symbols/{Symbol}/bars?interval=15s&limit=5000&from=2000-01-01T00:00:00Z";

    // All that a stream can do wrong but a halt: in a halt the tape itself has no trades to compare with.
    private static readonly string[] Faults =
    [
        "disconnect=0.002", "close=0.001", "shutdown=0.001", "withhold=0.0005", "duplicate=0.01", "reorder=0.01", "late=0.004", "lost=0.004",
        "sequence=0.001", "malformed=0.002", "foreign=0.01", "refuse=0.1",
    ];

    [Fact]
    public async Task Kills_at_any_moment_lose_nothing_and_double_nothing()
    {
        using var data = new TempFolder();
        var trades = Paths.MarketData("trades/bitflyer");
        string[] arguments =
        [
            "demo", "--tape", trades, "--speed", "60", "--data-dir", data.Path, "--fault-seed", "3", .. Faults.SelectMany(fault => new[] { "--fault", fault }),
        ];
        var seen = new Dictionary<string, string?>();

        // Cut while history loads, while the first model trains, twice in the midst of slots and once while what the last cut left out is fetched.
        foreach (var (what, path, count) in new[]
        {
            ("some bars", Bars, 2_000),
            ("a training", "/api/training", 1),
            ("predictions", $"/api/symbols/{Symbol}/predictions?role=champion&limit=500", 3),
            ("more predictions", $"/api/symbols/{Symbol}/predictions?role=champion&limit=500", 7),
            ("a symbol again", "/api/symbols", 1),
        })
        {
            await using var silo = RunningSilo.Start(arguments);
            await silo.Until(
                what, TimeSpan.FromMinutes(3), async () => (await silo.Get(path)).GetProperty("items").GetArrayLength(), n => n >= count);
            await Remember(silo, seen);
            await silo.Kill();

            var audit = await CommandRun.Silo("audit", "--data-dir", data.Path);
            audit.ExitCode.ShouldBe(0, $"after the cut during {what}:\n{audit.Output}\n{audit.Errors}");
        }

        await using var last = RunningSilo.Start(arguments);
        await last.Until(
            "a live feed", TimeSpan.FromMinutes(2), async () => (await last.Get($"/api/symbols/{Symbol}/quality")).GetProperty("state").GetString(),
            state => state == "live");
        var stored = await last.GetAll(Bars);
        var bars = Closes(stored);
        foreach (var (ts, close) in seen)
        {
            bars.ShouldContainKey(ts);
            bars[ts].ShouldBe(close ?? bars[ts], ts);
        }
        var tape = await RecordedTape.Read(trades, Symbol, data.Path);
        var upTo = stored[^1].GetProperty("ts").GetDateTimeOffset();
        // Trades that the exchange withheld are found and fetched within minutes of the market.
        await last.Until(
            "the tape's bars", TimeSpan.FromMinutes(3),
            async () => tape.Differences([.. (await last.GetAll(Bars)).Where(bar => bar.GetProperty("ts").GetDateTimeOffset() <= upTo)], Unsettled).Take(5).ToList(),
            differences => differences.Count == 0);
    }

    private static async Task Remember(RunningSilo silo, Dictionary<string, string?> seen)
    {
        var bars = await silo.Until("the bars", TimeSpan.FromMinutes(1), () => silo.GetAll(Bars), _ => true);
        var closes = Closes(bars).OrderBy(bar => bar.Key, StringComparer.Ordinal).ToList();
        foreach (var (ts, close) in closes.SkipLast(Unsettled))
            seen[ts] = close;
        // The newest may lack trades that the exchange withholds: of these it counts only that they stay.
        foreach (var (ts, _) in closes.TakeLast(Unsettled))
            seen[ts] = null;
    }

    private static Dictionary<string, string> Closes(IEnumerable<JsonElement> bars) =>
        bars.ToDictionary(bar => bar.GetProperty("ts").GetString()!, bar => bar.GetProperty("close").GetRawText());
}
