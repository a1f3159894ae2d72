using System.CommandLine;

namespace Hts.Load.Store;

/// <summary><c>store</c>: the writers of the database, each beside a raw COPY or a plain count.</summary>
internal static class StoreVerb
{
    public static Command Create()
    {
        var symbols = new Option<int>("--symbols") { Description = "Symbols of a burst.", DefaultValueFactory = _ => 10_000 };
        var bars = new Option<int>("--bars") { Description = "Bars of the back-fill.", DefaultValueFactory = _ => 200_000 };
        var rounds = new Option<int>("--rounds") { Description = "How often each is repeated.", DefaultValueFactory = _ => 5 };
        var command = new Command("store", "Back-fill, bursts of bars, predictions and settlements, to durable; three synthetic days.") { symbols, bars, rounds };
        command.SetAction((parsed, cancellation) =>
            new StoreLoad(parsed.GetValue(symbols), parsed.GetValue(bars), parsed.GetValue(rounds), TimeProvider.System).Run(cancellation));
        return command;
    }
}
