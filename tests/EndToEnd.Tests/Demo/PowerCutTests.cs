using Hts.Tests.Hosting;

namespace Hts.Tests.Demo;

public sealed class PowerCutTests
{
    private const string Symbol = "BTC_JPY";

    [Fact]
    public async Task Kills_at_any_moment_lose_nothing_and_double_nothing()
    {
        using var data = new TempFolder();
        string[] arguments = ["demo", "--tape", Paths.MarketData("trades/bitflyer"), "--speed", "120", "--data-dir", data.Path];
        var seen = new Dictionary<string, string>();

        // Cut while history loads, while the first model trains, and twice in the midst of slots.
        foreach (var (what, path, count) in new[]
        {
            ("some bars", $"/api/symbols/{Symbol}/bars?interval=15s&limit=5000&from=2000-01-01T00:00:00Z", 2_000),
            ("a training", "/api/training", 1),
            ("predictions", $"/api/symbols/{Symbol}/predictions?limit=500", 3),
            ("more predictions", $"/api/symbols/{Symbol}/predictions?limit=500", 7),
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
        await last.Until("an answer", TimeSpan.FromMinutes(1), () => last.Get("/api/symbols"), _ => true);
        var bars = await BarsOf(last);
        foreach (var (ts, bar) in seen)
            bars.ShouldContainKeyAndValue(ts, bar);
    }

    private static async Task Remember(RunningSilo silo, Dictionary<string, string> seen)
    {
        foreach (var (ts, bar) in await BarsOf(silo))
            seen[ts] = bar;
    }

    private static async Task<Dictionary<string, string>> BarsOf(RunningSilo silo) =>
        (await silo.GetAll($"/api/symbols/{Symbol}/bars?interval=15s&limit=5000&from=2000-01-01T00:00:00Z"))
            .ToDictionary(bar => bar.GetProperty("ts").GetString()!, bar => bar.GetProperty("close").GetRawText());
}
