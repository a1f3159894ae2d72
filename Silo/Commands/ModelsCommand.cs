using System.CommandLine;
using System.Text.Json;
using Hts.Hosting;

namespace Hts.Commands;

/// <summary><c>models</c>: which model serves, who moved it, and moving it by hand; through a running gateway, as REST does.</summary>
internal static class ModelsCommand
{
    private const int MostLines = 1_000;

    public static Command Create() => new("models", "Shows and moves the serving model of a running system.")
    {
        Current(),
        History(),
        Move("promote", "Promotes a stored model: it serves from the next free slot on.", hasVersion: true),
        Move("rollback", "Promotes the version that served before the current one.", hasVersion: false),
        Move("pin", "Holds a model in its place, promoting it first when another one serves: nothing but another pin moves it.", hasVersion: true),
        Move("unpin", "Takes the pin away.", hasVersion: false),
    };

    private static Command Current()
    {
        var url = Url();
        var command = new Command("current", "Prints what serves, since when, by whom and why, and the pin that holds it.") { url };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = Open(parsed.GetValue(url));
            var current = await gateway.Get("/api/models/current", cancellation);
            Console.WriteLine(Line(current.GetProperty("epoch")));
            if (current.GetProperty("pin") is { ValueKind: JsonValueKind.Object } pin)
                Console.WriteLine($"pinned to {Text(pin, "version")} since {Text(pin, "at")} by {Text(pin, "by")}: {Text(pin, "reason")}");
            if (current.GetProperty("pointerProblem").GetString() is { } problem)
                Console.WriteLine($"the pointer in object storage is not followed: {problem}");
            return 0;
        });
        return command;
    }

    private static Command History()
    {
        var url = Url();
        var limit = new Option<int>("--limit") { Description = $"Most lines, 1 to {MostLines}.", DefaultValueFactory = _ => 20 };
        var command = new Command("history", "Prints who moved the serving model when and why, newest first.") { url, limit };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(limit) is var most && most is < 1 or > MostLines)
                throw new UserErrorException($"--limit is {most}; allowed is 1 to {MostLines}.");
            using var gateway = Open(parsed.GetValue(url));
            var moves = await gateway.Get($"/api/models/history?limit={most}", cancellation);
            foreach (var move in moves.GetProperty("items").EnumerateArray())
            {
                var epoch = move.GetProperty("epoch").ValueKind == JsonValueKind.Number ? $" (epoch {move.GetProperty("epoch")})" : "";
                Console.WriteLine($"{Text(move, "at")} {Text(move, "action"),-8} {Text(move, "version")}{epoch} by {Text(move, "by")}: {Text(move, "reason")}");
            }
            return 0;
        });
        return command;
    }

    private static Command Move(string verb, string description, bool hasVersion)
    {
        var url = Url();
        var version = new Argument<string>("version") { Description = "Version of the model, as in /api/models." };
        var reason = new Option<string>("--reason") { Description = "Why; kept in the history.", Required = true };
        var command = new Command(verb, description) { url, reason };
        if (hasVersion)
            command.Add(version);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var gateway = Open(parsed.GetValue(url));
            var path = hasVersion ? $"/api/models/{Uri.EscapeDataString(parsed.GetRequiredValue(version))}/{verb}" : $"/api/models/{verb}";
            Console.WriteLine(Line(await gateway.Post(path, parsed.GetRequiredValue(reason), cancellation)));
            return 0;
        });
        return command;
    }

    private static Option<string?> Url() => new("--url")
    {
        Description = "Address of the gateway; by default Gateway:Address and Gateway:Port. The admin key is taken from the settings, section Gateway:Keys.",
    };

    private static GatewayClient Open(string? url) => new(HtsConfiguration.Read(), url);

    private static string Line(JsonElement epoch)
    {
        var by = Text(epoch, "by") is { Length: > 0 } who ? $", by {who}" : "";
        return $"epoch {epoch.GetProperty("epoch")}: {Text(epoch, "version")} from {Text(epoch, "effectiveFrom")}{by}: {Text(epoch, "reason")}";
    }

    private static string? Text(JsonElement document, string name) => document.GetProperty(name).GetString();
}
