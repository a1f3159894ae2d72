using System.CommandLine;
using Hts.Load.Hosting;

namespace Hts.Load.Chaos;

/// <summary><c>chaos</c>: hours of recorded trades through every fault of the exchange; the bars must be those of the undisturbed tape.</summary>
internal static class ChaosVerb
{
    public static Command Create()
    {
        var tape = new Option<string>("--tape") { Description = "File or folder of recorded trades.", Required = true };
        var symbol = new Option<string>("--symbol") { Description = "Whose trades.", DefaultValueFactory = _ => "BTC_JPY" };
        var skip = new Option<double>("--skip-hours") { Description = "Market hours of the tape to pass over.", DefaultValueFactory = _ => 0 };
        var hours = new Option<double>("--hours") { Description = "Market hours to play.", DefaultValueFactory = _ => 24 };
        var seed = new Option<long>("--seed") { Description = "Seed of the faults.", DefaultValueFactory = _ => 1 };
        var speed = new Option<int>("--speed") { Description = "Market seconds per real second, 1 to 600.", DefaultValueFactory = _ => 300 };
        var command = new Command("chaos", "Plays recorded trades through every fault of the exchange and compares the bars, bit for bit.")
        {
            tape, symbol, skip, hours, seed, speed,
        };
        command.SetAction((parsed, cancellation) => Run(
            work => new ChaosOptions(
                parsed.GetRequiredValue(tape), parsed.GetRequiredValue(symbol), parsed.GetValue(skip), parsed.GetValue(hours),
                parsed.GetValue(seed), parsed.GetValue(speed), work),
            cancellation));
        return command;
    }

    private static async Task<int> Run(Func<string, ChaosOptions> options, CancellationToken cancellation)
    {
        using var work = new TempFolder();
        var report = await new ChaosRun(options(work.Path)).Run(cancellation);
        foreach (var (kind, count) in report.Faults)
            Console.WriteLine($"{kind,-12} {count,6}");
        foreach (var difference in report.Differences.Take(50))
            Console.WriteLine(difference);
        Console.WriteLine(
            $"{report.Bars} bars, {report.Revised} of them revised, {report.Halted} halted and marked, {report.Differences.Count} differences.");
        return report.Differences.Count == 0 ? 0 : 1;
    }
}
