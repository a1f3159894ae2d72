using System.CommandLine;
using System.Text.Json;
using Hts.Gates;
using Hts.Training;

namespace Hts.Commands;

/// <summary><c>gate</c>: decides again from a stored input; exit code 1 when the decision is not the stored one.</summary>
internal static class GateCommand
{
    public static Command Create()
    {
        var run = new Argument<string?>("run") { Description = "Name of a training run, as in /api/training.", Arity = ArgumentArity.ZeroOrOne };
        var input = new Option<FileInfo?>("--input") { Description = "A gate's input as a JSON file, instead of a run's." };
        var dataDir = CommonOptions.DataDir();
        var command = new Command(
            "gate", "Decides again on a training run's model, prints the decision and says whether it is the same; exit code 1 if not.")
        {
            run, input, dataDir,
        };
        command.SetAction((parsed, cancellation) => (parsed.GetValue(run), parsed.GetValue(input)) switch
        {
            (null, { } file) => RunFile(file, cancellation),
            ({ } job, null) => RunStored(job, parsed.GetRequiredValue(dataDir), cancellation),
            _ => throw new UserErrorException("Give the name of a run or --input, one of the two."),
        });
        return command;
    }

    private static async Task<int> RunFile(FileInfo file, CancellationToken cancellation)
    {
        if (!file.Exists)
            throw new UserErrorException($"There is no file {file.FullName}.");
        Print(Decide(await File.ReadAllTextAsync(file.FullName, cancellation)));
        return 0;
    }

    private static async Task<int> RunStored(string job, DirectoryInfo dataDir, CancellationToken cancellation)
    {
        await using var session = await StorageSession.OpenToRead(dataDir, cancellation);
        var stored = await session.Store.TrainingRuns.FindGate(job, cancellation)
            ?? throw new UserErrorException($"There is no decision of a run {job}.");
        var decision = Decide(stored.InputJson);
        Print(decision);
        var same = GateJson.Write(decision) == stored.DecisionJson;
        Console.WriteLine(same ? "The same as was decided then." : $"Not the same as was decided then: {stored.DecisionJson}");
        return same ? 0 : 1;
    }

    private static GateDecision Decide(string inputJson)
    {
        try
        {
            return PromotionGate.Decide(GateJson.ReadInput(inputJson));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw UserErrorException.Of(e);
        }
    }

    private static void Print(GateDecision decision)
    {
        var indented = new GateJson(new JsonSerializerOptions(GateJson.Default.Options) { WriteIndented = true });
        Console.WriteLine(JsonSerializer.Serialize(decision, indented.GateDecision));
    }
}
