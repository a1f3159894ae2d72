using System.Text.Json;
using Hts.Feeds;
using Hts.History;
using Hts.Markets;
using Hts.Tests.Cluster;

namespace Hts.Tests.Quality;

public sealed class QualityRoutesTests(FakeCluster cluster) : GatewayTest(cluster)
{
    private const long Hour = FakeWorld.Slot;

    private static readonly TallyMessage Counts = new(1, 2, 3, 4, 5);

    [Fact]
    public async Task The_quality_of_a_span_is_told_in_sum_and_by_the_hour()
    {
        var symbol = NewSymbol();
        World.Quality[symbol] = new QualityMessage(
            symbol, 0, 0, "lost", "reconnecting", 7.5, new BackfillProgress(Hour, Hour + 100, Hour + 25), 240, 180, 20, 3, 4,
            new LagMessage(170, 0.25, 0.5, 1, 2), Counts,
            [new HourQuality(Hour, 240, 180, 20, 3, 4, new LagMessage(170, 0.25, 0.5, 1, 2), Counts)],
            [new GapMessage(Hour + 60_000, Hour + 75_000, "stalled", "repaired", Hour + 90_000), new GapMessage(Hour + 2_700_000, Hour + 3_600_000, "reconnecting", "open")]);

        var quality = await Gateway.Get($"/api/symbols/{symbol}/quality?from=2026-01-05T10:00:00Z&to=2026-01-05T11:00:00Z");

        quality.GetRawText().ShouldBe(
            $$"""{"symbol":"{{symbol}}","from":"2026-01-05T10:00:00Z","to":"2026-01-05T11:00:00Z","state":"lost","detail":"reconnecting","lagSeconds":7.5,"""
            + """
              "backfill":{"from":"2026-01-05T10:00:00Z","to":"2026-01-05T10:00:00.100Z","at":"2026-01-05T10:00:00.025Z","share":0.25},
              "completeness":0.75,"expectedBars":240,"bars":180,"flatBars":20,"missingBars":60,"revisedBars":3,"backfilledBars":4,
              "lag":{"count":170,"p50":0.25,"p90":0.5,"p99":1,"max":2},
              "lateTrades":1,"duplicates":2,"invalid":3,"repairedTrades":4,"outages":5,
              "hours":[{"ts":"2026-01-05T10:00:00Z","expected":240,"bars":180,"flat":20,"missing":60,"revised":3,"backfilled":4,
              "lagP50":0.25,"lagP99":1,"lagMax":2,"lateTrades":1,"duplicates":2,"invalid":3,"repairedTrades":4,"outages":5}],
              "gaps":[{"from":"2026-01-05T10:01:00Z","to":"2026-01-05T10:01:15Z","cause":"stalled","state":"repaired","repairedAt":"2026-01-05T10:01:30Z"},
              {"from":"2026-01-05T10:45:00Z","to":"2026-01-05T11:00:00Z","cause":"reconnecting","state":"open","repairedAt":null}]}
              """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Where_nothing_is_expected_nothing_is_complete_or_late()
    {
        var symbol = NewSymbol();
        World.Quality[symbol] = Empty(symbol);

        var quality = await Gateway.Get($"/api/symbols/{symbol}/quality");

        foreach (var absent in (string[])["completeness", "lag", "backfill"])
            quality.GetProperty(absent).ValueKind.ShouldBe(JsonValueKind.Null, absent);
        (quality.GetProperty("to").GetDateTimeOffset() - quality.GetProperty("from").GetDateTimeOffset()).ShouldBe(TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData("from=2026-01-05T10:00:00Z&to=2026-01-05T09:00:00Z", "from")]
    [InlineData("from=2026-01-05T10:00:00Z&to=2026-02-05T10:00:01Z", "from")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026", "to")]
    public async Task A_span_that_cannot_be_told_of_is_refused(string query, string field)
    {
        var problem = await Gateway.Problem($"/api/symbols/{NewSymbol()}/quality?{query}", 400, "invalid-request");
        problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([field]);
    }

    [Theory]
    [InlineData("from=2026-01-05T10:00:00Z&to=2026-02-05T10:00:00Z")]
    [InlineData("from=2026-01-05T10:00:00Z&to=2026-01-05T10:00:00Z")]
    [InlineData("to=2036-01-05T10:00:00Z")]
    public async Task Spans_of_31_days_of_no_time_and_of_the_future_are_answered(string query)
    {
        var symbol = NewSymbol("Spans" + query);
        World.Quality[symbol] = Empty(symbol);
        (await Gateway.Get($"/api/symbols/{symbol}/quality?{query}")).GetProperty("expectedBars").GetInt32().ShouldBe(0);
    }

    private static QualityMessage Empty(string symbol) =>
        new(symbol, 0, 0, "loading", "", null, null, 0, 0, 0, 0, 0, null, new TallyMessage(0, 0, 0, 0, 0), [], []);
}
