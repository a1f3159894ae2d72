using Hts.Time;
using Hts.Training;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.Training;

public sealed class TrainingCalendarTests
{
    private const long Noon = 1_772_452_800_000;
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(-1, -1, 0)]
    [InlineData(-170_000, -1, 0)]
    [InlineData(-190_000, -1, -1)]
    [InlineData(59 * Minute, 0, 1)]
    public void A_reminder_that_comes_early_is_for_the_hour_to_come(long afterNoon, int running, int meant)
    {
        var calendar = At(Noon + afterNoon);
        (calendar.Hour, calendar.HourOfReminder, calendar.NextHour).ShouldBe(
            (Noon + (running * Hour), Noon + (meant * Hour), Noon + ((running + 1) * Hour)));
    }

    [Fact]
    public void Hours_left_out_are_those_between_the_newest_training_and_the_hour()
    {
        var calendar = At(Noon);
        calendar.LeftOut(0, Noon).ShouldBeEmpty();
        calendar.LeftOut(Noon - Hour, Noon).ShouldBeEmpty();
        calendar.LeftOut(Noon - Hour + 1_000, Noon).ShouldBeEmpty("a training asked for within the hour before");
        calendar.LeftOut(Noon - Hour - 1_000, Noon).ShouldBe([Noon - Hour]);
        calendar.LeftOut(Noon - (3 * Hour), Noon).ShouldBe([Noon - (2 * Hour), Noon - Hour]);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0, 3, 16)]
    [InlineData(0, 4, null)]
    [InlineData(58, 1, 59)]
    [InlineData(59, 1, null)]
    [InlineData(45, 3, null)]
    public void A_failed_run_is_tried_again_within_its_hour(int minute, int attempt, int? at) =>
        At(Noon + (minute * Minute)).RetryAt(attempt).ShouldBe(at is null ? null : Noon + (at * Minute));

    [Fact]
    public void Pauses_are_real_time_however_fast_the_market_runs()
    {
        var real = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Noon));
        var clock = new MarketClock(real, real.GetUtcNow(), real.GetUtcNow(), 10);
        new TrainingCalendar(clock, Options.Create(new TrainingScheduleOptions())).RetryAt(1).ShouldBe(Noon + (10 * Minute));
    }

    private static TrainingCalendar At(long now) => new(
        new MarketClock(new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(now))), Options.Create(new TrainingScheduleOptions()));
}
