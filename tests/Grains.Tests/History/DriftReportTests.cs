using Hts.Drift;
using Hts.History;
using Hts.Tests.Cluster;
using Hts.Time;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Hts.Tests.History;

public sealed class DriftReportTests
{
    private const long Day = 86_400_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_days_verdict_is_told_whichever_silo_watched_it_and_kept_while_the_store_is_away()
    {
        using var objects = new FaultyObjects();
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Worlds.Start));
        var report = new DriftReport(Worlds.Schema, objects, Options.Create(new DriftOptions()), new MarketClock(time));
        (await report.Read(Token)).ShouldBeEmpty();
        var archive = new DriftArchive(objects);
        for (var day = 0; day < 49; day++)
            await Add(archive, day, shift: 0);
        time.Advance(TimeSpan.FromMinutes(10));
        (await report.Read(Token)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            d => d.Watched.ShouldBe("errors"), d => d.DayTs.ShouldBe(48 * Day), d => d.PValue.ShouldBeNull("48 days are one too few"), d => d.Alarm.ShouldBeFalse());

        await Add(archive, day: 49, shift: 4);
        time.Advance(TimeSpan.FromMinutes(10));
        var verdict = (await report.Read(Token)).ShouldHaveSingleItem();

        (verdict.DayTs, verdict.Days, verdict.Channel, verdict.PValue, verdict.Alarm).ShouldBe((49 * Day, 49, Worlds.Strategies.Names[2], 0.02, true));
        objects.IsAway = true;
        time.Advance(TimeSpan.FromMinutes(10));
        (await report.Read(Token)).ShouldBe([verdict]);
    }

    private static Task Add(DriftArchive archive, int day, float shift)
    {
        var one = new DriftDay(day * Day, Worlds.Strategies.Count);
        var row = new float[Worlds.Strategies.Count];
        for (var i = 0; i < 40; i++)
        {
            Array.Fill(row, (i % 10) - 5);
            row[2] += shift;
            one.Add(row);
        }
        return archive.Add("errors", Worlds.Strategies.Hash, one, $"day {day}", 60, Token);
    }
}
