using Hts.Bars;
using Hts.Feeds;
using Hts.History;
using Hts.Markets;
using Hts.Symbols;
using Hts.Tests.Cluster;

namespace Hts.Tests.History;

public sealed class QualityReportTests
{
    private const long Hour = 3_600_000;
    private const long Bar = 15_000;
    private const long Start = Worlds.Start;
    private const long Now = Start + (3 * Hour) + 1_000;

    [Fact]
    public void Every_interval_that_ended_is_expected_from_the_first_bar_on()
    {
        var quality = Make(Start, Start + (2 * Hour), Facts(Start + (10 * Bar), Now, (Start, 200), (Start + Hour, 240)));

        quality.Hours.Select(h => (h.Ts, h.Expected, h.Bars)).ShouldBe([(Start, 230, 200), (Start + Hour, 240, 240)]);
        (quality.ExpectedBars, quality.Bars).ShouldBe((470, 440));
    }

    [Fact]
    public void Only_whole_intervals_of_the_span_are_expected()
    {
        var report = new QualityReport(Worlds.Grid, Now);

        report.Span(Start + 1, Start + (4 * Bar) - 1).ShouldBe((Start + Bar, Start + (3 * Bar)));
        Make(Start + 1, Start + (4 * Bar) - 1, Facts(Start, Now)).ExpectedBars.ShouldBe(2);
    }

    [Fact]
    public void The_newest_interval_is_expected_when_its_bar_is_there_or_the_next_one_ended()
    {
        var ended = Start + (3 * Hour);

        Make(Start, long.MaxValue, Facts(Start, ended - (2 * Bar))).ExpectedBars.ShouldBe(719);
        Make(Start, long.MaxValue, Facts(Start, ended - Bar)).ExpectedBars.ShouldBe(720);
        Make(Start, long.MaxValue, Facts(Start, ended - (9 * Bar))).ExpectedBars.ShouldBe(719);
    }

    [Fact]
    public void Of_a_stopped_symbol_nothing_is_expected_after_its_last_bar() =>
        Make(Start, Start + (2 * Hour), Facts(Start, Start + (99 * Bar)), "stopped").ExpectedBars.ShouldBe(100);

    [Fact]
    public void Nothing_is_expected_of_a_symbol_without_bars_of_no_time_and_of_the_future()
    {
        Make(Start, Start + Hour, new BarFacts(null, null, [], null)).ExpectedBars.ShouldBe(0);
        Make(Start, Start, Facts(Start, Now)).ShouldSatisfyAllConditions(q => q.ExpectedBars.ShouldBe(0), q => q.Hours.ShouldBeEmpty());
        Make(Now + Hour, Now + (2 * Hour), Facts(Start, Now - Bar)).ExpectedBars.ShouldBe(0);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("loading")]
    public void While_the_feed_is_not_live_a_hole_is_open_from_the_newest_bar_on(string state)
    {
        var repaired = new Gap(Start, Start + Bar, "stalled", 1, Start + Hour);

        var quality = Make(Start, Now, Facts(Start, Start + (2 * Hour)), state, repaired);

        quality.Gaps.ShouldBe([
            new GapMessage(Start, Start + Bar, "stalled", "repaired", Start + Hour), new GapMessage(Start + (2 * Hour) + Bar, Now, "why", "open")]);
    }

    [Fact]
    public void No_hole_is_open_where_the_feed_is_live_or_nothing_was_ever_stored_or_the_span_ends_before()
    {
        Make(Start, Now, Facts(Start, Start + (2 * Hour))).Gaps.ShouldBeEmpty();
        Make(Start, Now, new BarFacts(null, null, [], null), "loading").Gaps.ShouldBeEmpty();
        Make(Start, Start + Hour, Facts(Start, Start + (2 * Hour)), "lost").Gaps.ShouldBeEmpty();
    }

    [Fact]
    public void Lags_are_told_in_seconds_and_counts_of_the_feed_in_sum()
    {
        var facts = new BarFacts(Start, Now, [new HourFacts(Start, 240, 5, 6, 7, new LagFacts(9, 10, 20, 30, 40))], new LagFacts(9, 10, 20, 30, 40));
        var tallies = new Dictionary<long, FeedTally> { [Start] = new(1, 2, 3, 4, 5), [Start + Hour] = new(10, 20, 30, 40, 50) };

        var quality = new QualityReport(Worlds.Grid, Now).Make(Symbol("live"), Start, Start + (2 * Hour), facts, tallies, []);

        quality.Lag.ShouldBe(new LagMessage(9, 0.01, 0.02, 0.03, 0.04));
        quality.Counts.ShouldBe(new TallyMessage(11, 22, 33, 44, 55));
        quality.Hours[0].ShouldBe(new HourQuality(Start, 240, 240, 5, 6, 7, quality.Lag, new TallyMessage(1, 2, 3, 4, 5)));
        (quality.FlatBars, quality.RevisedBars, quality.BackfilledBars, quality.State, quality.Detail, quality.LagSeconds).ShouldBe((5, 6, 7, "live", "why", 2.5));
    }

    private static QualityMessage Make(long fromTs, long toTs, BarFacts facts, string state = "live", params Gap[] gaps) =>
        new QualityReport(Worlds.Grid, Now).Make(Symbol(state), fromTs, toTs, facts, new Dictionary<long, FeedTally>(), gaps);

    private static SymbolMessage Symbol(string state) => new("S", state, Start, null, null, 2.5, null, null, "why");

    private static BarFacts Facts(long firstTs, long lastTs, params (long Hour, int Bars)[] hours) =>
        new(firstTs, lastTs, [.. hours.Select(h => new HourFacts(h.Hour, h.Bars, 0, 0, 0, null))], null);
}
