using Hts.Drift;

namespace Hts.Tests.Drift;

public sealed class DriftMonitorTests
{
    private const long Day = 86_400_000;
    private const int SlotsADay = 144;
    private static readonly DriftOptions Options = new() { ReferenceDays = 30, FalseAlarmRate = 0.05 };

    [Fact]
    public void Alarms_on_stationary_replays_come_at_the_stated_rate()
    {
        // Values that remember half a day of slots: a test that took slots as independent would cry out every day.
        var (alarms, judged) = (0, 0);
        for (var seed = 1; seed <= 60; seed++)
        {
            foreach (var verdict in Replay(seed, days: 60, memory: 0.97).Where(v => v.PValue is not null))
            {
                judged++;
                alarms += verdict.Alarm ? 1 : 0;
            }
        }

        // 2,400 days of which 3 to 5 % raise an alarm: a rank of 31 days at most 5 % is the first of 31. Three standard errors are .011.
        judged.ShouldBe(60 * 41);
        ((double)alarms / judged).ShouldBeInRange(0.022, 0.058);
    }

    [Fact]
    public void A_shift_of_one_channel_is_seen_on_its_first_day_and_named()
    {
        var verdicts = Replay(seed: 5, days: 41, memory: 0.5, change: (day, c) => day == 40 && c == 2 ? 1.0 : 0).ToList();

        verdicts[^1].Alarm.ShouldBeTrue();
        verdicts[^1].Channel.ShouldBe(2);
        verdicts[^1].DayTs.ShouldBe(40 * Day);
        verdicts[^1].Strangeness.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Nothing_is_said_before_enough_days_are_known()
    {
        var verdicts = Replay(seed: 6, days: 25, memory: 0.5).ToList();

        Options.NeededDays.ShouldBe(19);
        verdicts.Take(19).ShouldAllBe(v => v.PValue == null && !v.Alarm);
        verdicts[19].PValue.ShouldNotBeNull();
    }

    [Fact]
    public void Symbols_counted_apart_give_the_same_day_as_together()
    {
        var random = new Random(7);
        DriftDay together = new(0, 3), first = new(0, 3), second = new(0, 3);
        for (var i = 0; i < 500; i++)
        {
            float[] row = [random.NextSingle(), -random.NextSingle(), 3 * random.NextSingle()];
            together.Add(row);
            (i % 2 == 0 ? first : second).Add(row);
        }

        first.Merge(second);

        for (var c = 0; c < 3; c++)
            first.Sketches[c].Counts.SequenceEqual(together.Sketches[c].Counts).ShouldBeTrue();
    }

    [Fact]
    public void The_symbol_that_strays_is_named_and_others_are_counted_to_the_hour_after_midnight()
    {
        var random = new Random(8);
        var monitor = new DriftMonitor(1, Options);
        DriftVerdict? verdict = null;
        for (var slot = 0; slot <= (21 * SlotsADay) + 6; slot++)
            foreach (var symbol in new[] { "A", "B", "C" })
                verdict = monitor.Add(symbol, slot * (Day / SlotsADay), [(float)(Normal(random) + (symbol == "B" && slot / SlotsADay == 20 ? 2 : 0))]) ?? verdict;

        verdict.ShouldNotBeNull().Symbol.ShouldBe("B");
        verdict.Alarm.ShouldBeTrue();
        verdict.DayTs.ShouldBe(20 * Day);
        monitor.Reference[^1].Count.ShouldBe(3 * SlotsADay);
    }

    [Fact]
    public void A_thin_day_and_a_late_row_are_left_out()
    {
        var monitor = new DriftMonitor(1, Options);
        for (var i = 0; i < 100; i++)
            monitor.Add("A", 3 * Day, [1]).ShouldBeNull();
        monitor.Add("A", 4 * Day, [1]).ShouldBeNull();
        monitor.Add("A", (4 * Day) + DriftMonitor.GraceMs, [1]).ShouldNotBeNull().DayTs.ShouldBe(3 * Day);

        monitor.Add("A", 3 * Day, [1]);
        monitor.Add("A", 6 * Day, [1]).ShouldBeNull();

        monitor.Reference.Single().Count.ShouldBe(100);
    }

    [Fact]
    public void The_day_of_a_restart_is_neither_judged_nor_held_against_later_ones()
    {
        var options = new DriftOptions();
        for (var seed = 1; seed <= 5; seed++)
        {
            var random = new Random(seed);
            var before = new DriftMonitor(1, options);
            Watch(before, 0, (options.NeededDays * SlotsADay) + 6);
            before.Reference.Count.ShouldBe(options.NeededDays);
            var after = new DriftMonitor(1, options);
            after.Learn(before.Reference);

            // From 20:00 on.
            Watch(after, (50 * SlotsADay) - 24, (50 * SlotsADay) + 6).ShouldBeNull();
            after.Reference.Count.ShouldBe(options.NeededDays);
            Watch(after, (50 * SlotsADay) + 7, (51 * SlotsADay) + 6).ShouldNotBeNull().PValue.ShouldNotBeNull();
            after.Reference[^1].Count.ShouldBe(4 * SlotsADay);

            DriftVerdict? Watch(DriftMonitor monitor, int fromSlot, int toSlot)
            {
                DriftVerdict? verdict = null;
                for (var slot = fromSlot; slot <= toSlot; slot++)
                    foreach (var symbol in new[] { "A", "B", "C", "D" })
                        verdict = monitor.Add(symbol, slot * (Day / SlotsADay), [(float)Normal(random)]) ?? verdict;
                return verdict;
            }
        }
    }

    [Fact]
    public void Many_symbols_with_little_of_a_day_each_make_no_day()
    {
        var monitor = new DriftMonitor(1, Options);
        for (var slot = 0; slot < 3; slot++)
            for (var symbol = 0; symbol < 50; symbol++)
                monitor.Add($"S{symbol}", slot * (Day / SlotsADay), [slot]);
        monitor.Add("S0", Day + DriftMonitor.GraceMs, [1]).ShouldBeNull();
        monitor.Reference.ShouldBeEmpty();
    }

    [Fact]
    public void A_rate_that_the_days_cannot_give_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new DriftMonitor(1, new DriftOptions { ReferenceDays = 30, FalseAlarmRate = 0.01 }))
            .Message.ShouldContain("1/(ReferenceDays + 1)");

    private static IEnumerable<DriftVerdict> Replay(int seed, int days, double memory, Func<int, int, double>? change = null)
    {
        const int channels = 4;
        var random = new Random(seed);
        var monitor = new DriftMonitor(channels, Options);
        var values = new double[channels];
        var row = new float[channels];
        for (var slot = 0; slot <= (days * SlotsADay) + 6; slot++)
        {
            for (var c = 0; c < channels; c++)
            {
                values[c] = (memory * values[c]) + (Math.Sqrt(1 - (memory * memory)) * Normal(random));
                row[c] = (float)(values[c] + (change?.Invoke(slot / SlotsADay, c) ?? 0));
            }
            if (monitor.Add("A", slot * (Day / SlotsADay), row) is { } verdict)
                yield return verdict;
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
