using System.CommandLine;
using Hts.Artefacts;
using Hts.DataSets;
using Hts.Hosting;
using Hts.Training;

namespace Hts.Commands;

/// <summary><c>train</c>: a model from a data set file.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var dataSet = new Argument<FileInfo>("data-set") { Description = "The Parquet file of a data set." };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for model.tar.gz and report.json.", Required = true };
        var champion = new Option<FileInfo?>("--champion") { Description = "Artefact of the serving model, to compare with." };
        var members = new Option<string>("--members")
        {
            Description = "Members to train, separated by commas.",
            DefaultValueFactory = _ => "cond,ridge,mlp",
        };
        var seed = new Option<int>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
        var stdin = new Option<bool>("--while-stdin-open") { Description = "End when the standard input closes.", Hidden = true };
        var command = new Command("train", "Trains a model from a data set, judges it and writes its artefact.")
        {
            dataSet, output, champion, members, seed, stdin,
        };
        command.SetAction((parsed, cancellation) => Run(
            new TrainingRequest(
                parsed.GetRequiredValue(dataSet).FullName, parsed.GetRequiredValue(output).FullName,
                parsed.GetValue(members)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                parsed.GetValue(seed), parsed.GetValue(champion)?.FullName),
            parsed.GetValue(stdin), cancellation));
        return command;
    }

    private static async Task<int> Run(TrainingRequest request, bool whileStdinOpen, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (whileStdinOpen)
            EndWithStdin(ending);
        var trainer = new Trainer(ReadOptions(HtsConfiguration.Read().GetSection("Training:Model")), new ArtefactLimits(), TimeProvider.System);
        try
        {
            var report = await trainer.Train(request, ConsoleProgress.Create(), ending.Token);
            Console.WriteLine(
                $"{report.Chosen} from {report.Rows} rows in {report.ElapsedMs} ms ({report.ChosenReason}): {report.ArtefactPath}");
            return 0;
        }
        catch (Exception e) when (e is NotEnoughDataException or DataSetException or ArgumentException or FileNotFoundException)
        {
            throw new UserErrorException(e.Message, e);
        }
    }

    private static TrainingOptions ReadOptions(IConfigurationSection section)
    {
        var options = section.Get<TrainingOptions>() ?? new TrainingOptions();
        // Binding adds to a list's defaults; a list that is set means itself alone.
        options.Mlp.Hidden = section.GetSection("Mlp:Hidden").Get<int[]>() ?? options.Mlp.Hidden;
        options.Ridge.Penalties = section.GetSection("Ridge:Penalties").Get<double[]>() ?? options.Ridge.Penalties;
        options.Ridge.EmbeddingPenalties = section.GetSection("Ridge:EmbeddingPenalties").Get<double[]>() ?? options.Ridge.EmbeddingPenalties;
        return options;
    }

    // The parent holds the other end: when it dies, however it dies, this reads the end.
    private static void EndWithStdin(CancellationTokenSource ending) => _ = Task.Run(async () =>
    {
        var buffer = new byte[1];
        await using var stdin = Console.OpenStandardInput();
        while (await stdin.ReadAsync(buffer) > 0)
        {
            // Nothing is expected.
        }
        await ending.CancelAsync();
        Environment.Exit(1);
    });
}
