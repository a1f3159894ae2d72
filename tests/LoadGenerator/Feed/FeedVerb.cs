using System.CommandLine;

namespace Hts.Load.Feed;

/// <summary><c>feed</c>: many symbols at real cadence on one silo.</summary>
internal static class FeedVerb
{
    public static Command Create()
    {
        var symbols = new Option<int>("--symbols") { Description = "How many symbols.", DefaultValueFactory = _ => 1_000 };
        var minutes = new Option<double>("--minutes") { Description = "Minutes measured, after all symbols are live.", DefaultValueFactory = _ => 10 };
        var rate = new Option<double>("--rate") { Description = "Factor on the 0.2 to 2 trades a second of a symbol.", DefaultValueFactory = _ => 1 };
        var seed = new Option<long>("--seed") { Description = "Seed of the market.", DefaultValueFactory = _ => 1 };
        var set = new Option<string[]>("--set") { Description = "Further settings of the silo, Section:Key=value.", DefaultValueFactory = _ => [] };
        var report = new Option<FileInfo>("--report")
        {
            Description = "Where the figures go as JSON; the silo's log stands beside it.",
            DefaultValueFactory = _ => new FileInfo("feed.json"),
        };
        var command = new Command("feed", "Lag, completeness and memory of one silo that follows many symbols.") { symbols, minutes, rate, seed, set, report };
        command.SetAction((parsed, cancellation) => new FeedLoad(
            new FeedPlan(
                parsed.GetValue(symbols), TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(rate), parsed.GetValue(seed),
                [.. (parsed.GetValue(set) ?? []).Select(Setting)], parsed.GetRequiredValue(report).FullName),
            TimeProvider.System).Run(cancellation));
        return command;
    }

    private static (string Key, string Value) Setting(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? (text[..at], text[(at + 1)..]) : throw new ArgumentException($"--set {text}: Section:Key=value is allowed.");
    }
}
