using System.CommandLine;

namespace Hts.Commands;

/// <summary><c>migrate</c>: brings the database's schema up to date and says so.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var dataDir = CommonOptions.DataDir();
        var command = new Command("migrate", "Brings the schema of the database up to date.") { dataDir };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var session = await StorageSession.OpenSchema(parsed.GetRequiredValue(dataDir), cancellation);
            Console.WriteLine("The schema is up to date.");
            return 0;
        });
        return command;
    }
}
