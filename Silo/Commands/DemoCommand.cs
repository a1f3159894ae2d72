using System.CommandLine;
using Hts.Exchange;
using Hts.Exchange.Faults;
using Hts.Hosting;

namespace Hts.Commands;

/// <summary><c>demo</c>: the whole system on the built-in exchange; needs no network.</summary>
internal static class DemoCommand
{
    // Time enough to load the history and train the first model.
    private const int FirstSlotInSeconds = 90;

    public static Command Create()
    {
        var dataDir = CommonOptions.DataDir();
        var port = CommonOptions.Port();
        var tape = new Option<string?>("--tape") { Description = "File or folder of recorded trades or bars; without it the market is synthetic." };
        var speed = new Option<int>("--speed")
        {
            Description = "Market seconds per real second, 1 to 600.",
            DefaultValueFactory = _ => 1,
        };
        var seed = new Option<long>("--seed") { Description = "Seed of the synthetic market.", DefaultValueFactory = _ => 1 };
        var fault = new Option<string[]>("--fault")
        {
            Description = $"A fault of the exchange and its rate, as lost=0.01, or {FaultOptions.Chaos} for all; repeatable. Faults: {string.Join(", ", FaultOptions.Names)}. "
                + "The rate is the chance a trade message, request or attempt to connect; of halt, an hour and symbol, as the market is first made: a restart keeps its halts.",
        };
        var faultSeed = new Option<long>("--fault-seed") { Description = "Seed of the faults.", DefaultValueFactory = _ => 1 };
        var command = new Command("demo", "Runs the whole system on the built-in exchange, with no network.")
        {
            dataDir, port, tape, speed, seed, fault, faultSeed,
        };
        command.SetAction((parsed, cancellation) => Run(
            parsed.GetRequiredValue(dataDir), parsed.GetValue(port),
            new MarketOptions
            {
                Tape = parsed.GetValue(tape),
                Speed = parsed.GetValue(speed),
                Seed = parsed.GetValue(seed),
                FirstSlotInSeconds = FirstSlotInSeconds,
            },
            parsed.GetValue(fault) ?? [], parsed.GetValue(faultSeed), cancellation));
        return command;
    }

    private static async Task<int> Run(
        DirectoryInfo dataDir, int? port, MarketOptions market, string[] faults, long faultSeed, CancellationToken cancellation)
    {
        var options = new FaultOptions { Seed = faultSeed };
        try
        {
            foreach (var text in faults)
                options.Add(text);
            (market.HaltRate, market.HaltSeed) = (options[FaultKind.Halt], options.Seed);
            market.Check();
        }
        catch (ArgumentException e)
        {
            throw UserErrorException.Of(e);
        }
        await SiloProcess.Run(new SiloPlan(DataFolder.Open(dataDir), port, market, options), cancellation);
        return 0;
    }
}
