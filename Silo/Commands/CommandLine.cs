using System.CommandLine;
using Hts.Feeds;
using Hts.Forecasts;
using Hts.Objects;
using Hts.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hts.Commands;

/// <summary>The program's verbs. Without one it serves.</summary>
internal static class CommandLine
{
    /// <summary>What the line of an expected failure begins with.</summary>
    public const string ErrorMark = "error: ";

    /// <summary>The line of a verb that a signal ended.</summary>
    public const string Cancelled = "Cancelled.";

    /// <returns>0 on success; 1 with one line on the error stream otherwise.</returns>
    public static async Task<int> Run(string[] args)
    {
        var root = new RootCommand("Predicts which of six short-term strategies to run, settles every prediction, retrains itself.")
        {
            ServeCommand.Create(),
            DemoCommand.Create(),
            ImportCommand.Create(),
            BackfillCommand.Create(),
            VerifyCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            LabelCommand.Create(),
            MigrateCommand.Create(),
            AuditCommand.Create(),
            GateCommand.Create(),
            ModelsCommand.Create(),
        };
        ServeCommand.MakeDefault(root);
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            return await root.Parse(args).InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(Cancelled);
            return 1;
        }
        catch (Exception e) when (Explain(e) is { } line)
        {
            await Console.Error.WriteLineAsync(ErrorMark + line);
            return 1;
        }
    }

    // Expected failures are one line; anything else is a defect and keeps its trace.
    private static string? Explain(Exception e) => e switch
    {
        UserErrorException or ArtefactRefusedException or ObjectStoreException or ExchangeException => e.Message,
        EmbeddedPostgresException or SchemaException => e.Message,
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),
        NpgsqlException database => $"The database failed: {database.Message}",
        IOException or UnauthorizedAccessException or InvalidDataException => e.Message,
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        _ => null,
    };
}
