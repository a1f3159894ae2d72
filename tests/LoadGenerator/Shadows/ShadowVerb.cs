using System.CommandLine;

namespace Hts.Load.Shadows;

/// <summary><c>shadows</c>: what those that forecast beside the champion cost a tick.</summary>
internal static class ShadowVerb
{
    public static Command Create()
    {
        var symbols = new Option<int>("--symbols") { Description = "How many symbols.", DefaultValueFactory = _ => 300 };
        var shadowed = new Option<int>("--shadowed") { Description = "How many of them are predicted by shadows in the second kind of tick.", DefaultValueFactory = _ => 50 };
        var rounds = new Option<int>("--rounds") { Description = "Ticks of each kind.", DefaultValueFactory = _ => 5 };
        var command = new Command("shadows", "Ticks without shadows, with a sample of symbols shadowed and with all of them, in turn.") { symbols, shadowed, rounds };
        command.SetAction((parsed, cancellation) =>
            new ShadowLoad(parsed.GetValue(symbols), parsed.GetValue(shadowed), parsed.GetValue(rounds)).Run(cancellation));
        return command;
    }
}
