using Hts.Drift;
using Hts.Events;
using Hts.Ledgers;
using Hts.Objects;
using Hts.Tests.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hts.Tests.Drift;

public sealed class DriftWatchTests(TestSilo silo) : IClassFixture<TestSilo>
{
    private const long Day = 86_400_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_of_strange_features_and_errors_raises_an_alarm_in_the_status_log_and_usual_days_none()
    {
        var options = new DriftOptions { ReferenceDays = 12, FalseAlarmRate = 0.1 };
        var watch = Watch(options, silo.Objects);
        var random = new Random(1);
        var row = new float[Worlds.Schema.Count];
        for (var slot = 0; slot <= (12 * 144) + 6; slot++)
        {
            var ts = slot * (Day / 144);
            var strange = slot / 144 == 11;
            for (var c = 0; c < Worlds.Schema.Prices.Count; c++)
                row[Worlds.Schema.Prices.Offset + c] = (float)((random.NextDouble() * 2) - 1) + (strange && c == 3 ? 2 : 0);
            await watch.Predicted("BTCUSDT", ts, row);
            await watch.Settled(Predicted(ts), [.. Enumerable.Range(0, 6).Select(s => random.NextDouble() - 0.5 + (strange && s == 4 ? 1 : 0))]);
        }

        await watch.StopAsync(Token);
        var alarms = (await silo.Store.Events.Read(long.MaxValue, null, 50, Token)).Where(e => e.Kind == "drift" && (e.Symbol ?? e.Message).Contains("BTCUSDT")).ToList();
        alarms.ShouldAllBe(e => e.Level == "warning" && e.Message.Contains("1970-01-12"));
        alarms.Where(e => e.Symbol == "BTCUSDT").Select(e => e.Message.Contains("errors")).Order().ShouldBe([false, true]);
        alarms.RemoveAll(e => e.Symbol is not null);
        alarms.ShouldContain(e => e.Message.Contains("features") && e.Message.Contains(Worlds.Schema.Names[Worlds.Schema.Prices.Offset + 3]));
        alarms.ShouldContain(e => e.Message.Contains("errors") && e.Message.Contains(Worlds.Strategies.Names[4]));
    }

    [Fact]
    public async Task Days_before_a_restart_still_judge_the_days_after_it()
    {
        var options = new DriftOptions { ReferenceDays = 12, FalseAlarmRate = 0.1 };
        using var objects = new FaultyObjects();
        var before = Watch(options, objects);
        await Usual(before, fromDay: 100, days: 11);
        await before.StopAsync(Token);
        (await new DriftArchive(objects).Read("errors", Worlds.Strategies.Hash, 6, Token)).Count.ShouldBe(11);

        var after = Watch(options, objects);
        await after.StartAsync(Token);
        await after.Restored;
        await Usual(after, fromDay: 111, days: 1, shift: 3);
        await after.StopAsync(Token);

        var alarm = (await silo.Store.Events.Read(long.MaxValue, null, 50, Token)).First(e => e.Kind == "drift" && e.Symbol is null);
        alarm.Message.ShouldMatch($"errors of {Hts.Time.Timestamps.Iso(111 * Day)[..10]} are not like those of 11 days before");
    }

    [Fact]
    public async Task Silos_add_their_parts_of_a_day_once_and_old_days_go()
    {
        var archive = new DriftArchive(silo.Objects);
        var parts = Enumerable.Range(0, 4).Select(silo => $"silo {silo}").ToArray();
        await Task.WhenAll(parts.Concat(parts).Select(part => archive.Add("parts", "two", DayOf(5), part, kept: 3, Token)));
        (await archive.Read("parts", "two", 2, Token)).Single().Sketches[1].Count.ShouldBe(4);

        for (var day = 6; day < 10; day++)
            await archive.Add("parts", "two", DayOf(day), $"silo 0 on {day}", kept: 3, Token);
        (await archive.Read("parts", "two", 2, Token)).Select(d => d.DayTs / Day).ShouldBe([7, 8, 9]);
        (await archive.Read("parts", "other channels", 2, Token)).ShouldBeEmpty();
        (await archive.Read("parts", "two", 3, Token)).ShouldBeEmpty();
    }

    private static DriftDay DayOf(int day)
    {
        var one = new DriftDay(day * Day, 2);
        one.Add([0.5f, -1]);
        return one;
    }

    private static async Task Usual(DriftWatch watch, int fromDay, int days, double shift = 0)
    {
        var random = new Random(fromDay);
        for (var slot = 0; slot <= (days * 144) + 6; slot++)
        {
            var ts = (fromDay * Day) + (slot * (Day / 144));
            await watch.Settled(Predicted(ts, "RESTARTED"), [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble() - 0.5 + shift)]);
        }
    }

    private DriftWatch Watch(DriftOptions options, IObjectStore objects) => new(
        Worlds.Schema, silo.Service<EventLog>(), objects, Options.Create(options), NullLogger<DriftWatch>.Instance);

    private static LedgerRow Predicted(long ts, string symbol = "BTCUSDT") =>
        new(symbol, ts, Roles.Champion, "v1", 1, ts + 600_000, new double[6], null, null, null, "test", null, ts) { SigmaSlot = 0.01 };
}
