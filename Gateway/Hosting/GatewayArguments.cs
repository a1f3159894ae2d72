using System.Globalization;

namespace Hts.Hosting;

/// <summary>What the command line may say. Secrets are not among it: a command line can be read by anybody on the machine.</summary>
internal sealed record GatewayArguments(int? Port, string? Address, bool Help)
{
    public const string Usage = """
        Gateway: REST, live hub and dashboard of an HTS cluster, as a process of its own.

          dotnet run --project Gateway -- [--port N] [--address A]

          --port N       TCP port (8080)
          --address A    localhost (default), an IP address or *; other than loopback only with keys
          --help         this text

        Settings come from the environment:
          ConnectionStrings__Storage    PostgreSQL of the cluster (also Storage__ConnectionString)
          Cluster__ClusterId, Cluster__ServiceId    names of the cluster (hts)
          Gateway__Keys__0__Name, __Value or __File, __Admin    keys; see the README
        """;

    /// <exception cref="FormatException">The command line is wrong; the message says how.</exception>
    public static GatewayArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new GatewayArguments(null, null, false);
        for (var i = 0; i < args.Count; i++)
        {
            parsed = args[i] switch
            {
                "--help" or "-h" or "-?" => parsed with { Help = true },
                "--port" => parsed with { Port = Number(Value(ref i)) },
                "--address" => parsed with { Address = Value(ref i) },
                _ => throw new FormatException($"Unknown option '{args[i]}'; --help lists them."),
            };
        }
        return parsed;

        string Value(ref int i) => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new FormatException($"--port is '{text}'; allowed are 0 to 65535.");
}
