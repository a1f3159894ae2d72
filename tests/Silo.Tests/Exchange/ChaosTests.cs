using Hts.Exchange;
using Hts.Exchange.Faults;
using Hts.Load.Chaos;
using Hts.Tests.Files;

namespace Hts.Tests.Exchange;

/// <summary>Hours of a real tape through everything that can go wrong at an exchange.</summary>
public sealed class ChaosTests
{
    // Each four hours of another day.
    private static readonly (long Seed, double SkipHours)[] Runs = [(1, 12), (2, 36), (3, 60)];

    [Fact]
    public async Task The_bars_are_those_of_the_undisturbed_tape_bit_for_bit()
    {
        var tape = SharedData.Path("trades/bitflyer");
        var work = Directory.CreateTempSubdirectory("hts-chaos");
        try
        {
            TapeBuilder.Build(tape, work.FullName, new Hts.Files.ReadReport());
            var reports = await Task.WhenAll(Runs.Select(run => new ChaosRun(
                new ChaosOptions(tape, "BTC_JPY", run.SkipHours, 4, run.Seed, 300, work.FullName)).Run(TestContext.Current.CancellationToken)));

            foreach (var report in reports)
            {
                report.Differences.ShouldBeEmpty();
                report.Bars.ShouldBe(960);
            }

            reports.Sum(r => r.Halted).ShouldBeGreaterThan(0);
            foreach (var kind in Enum.GetValues<FaultKind>())
                reports.Sum(r => r.Faults[kind]).ShouldBeGreaterThan(0, $"{kind} never happened");
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
