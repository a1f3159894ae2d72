using System.CommandLine;
using Hts.Hosting;

namespace Hts.Commands;

/// <summary><c>serve</c>: silo, gateway and dashboard on a real market.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Runs silo, gateway and dashboard on Binance's public market data (the default).");
        AddAction(command);
        return command;
    }

    /// <summary>Makes the program serve when no verb is given.</summary>
    public static void MakeDefault(RootCommand root) => AddAction(root);

    private static void AddAction(Command command)
    {
        var dataDir = CommonOptions.DataDir();
        var port = CommonOptions.Port();
        command.Add(dataDir);
        command.Add(port);
        command.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(dataDir), parsed.GetValue(port), cancellation));
    }

    private static async Task<int> Run(DirectoryInfo dataDir, int? port, CancellationToken cancellation)
    {
        var data = DataFolder.Open(dataDir);
        if (File.Exists(data.Market))
            throw new UserErrorException($"{data.Path} holds a demo's market: run demo on it, or give another --data-dir.");
        await SiloProcess.Run(new SiloPlan(data, port, null), cancellation);
        return 0;
    }
}
