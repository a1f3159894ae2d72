using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
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
            var parsed = root.Parse(args);
            // The framework's own answer is all of the help after the error.
            if (parsed.Action is ParseErrorAction)
                return await Refuse(Explain(parsed));
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(Cancelled);
            return 1;
        }
        catch (Exception e) when (Explain(e) is { } line)
        {
            return await Refuse(line);
        }
    }

    private static async Task<int> Refuse(string line)
    {
        await Console.Error.WriteLineAsync(ErrorMark + line.ReplaceLineEndings(" ").Replace("\t", ""));
        return 1;
    }

    private static string Explain(ParseResult parsed)
    {
        var error = parsed.Errors[0];
        var text = SettingError.Worded(error.Message);
        if (error.SymbolResult is OptionResult { Option.Name: var name } && !text.Contains(name, StringComparison.Ordinal))
            text = $"{name}: {text}";
        var command = parsed.CommandResult.Command;
        return $"{text} See {(command is RootCommand ? "" : command.Name + " ")}--help.";
    }

    // Expected failures are one line; anything else is a defect and keeps its trace.
    private static string? Explain(Exception e) => e switch
    {
        UserErrorException or ArtefactRefusedException or ObjectStoreException or ExchangeException => e.Message,
        EmbeddedPostgresException or SchemaException => e.Message,
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),
        NpgsqlException database => $"The database failed: {database.Message}",
        IOException or UnauthorizedAccessException or InvalidDataException => e.Message,
        InvalidOperationException setting => SettingError.Explain(setting),
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        _ => null,
    };
}
