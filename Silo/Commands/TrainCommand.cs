using System.CommandLine;
using System.Globalization;
using Hts.Artefacts;
using Hts.DataSets;
using Hts.Hosting;
using Hts.Training;

namespace Hts.Commands;

/// <summary><c>train</c>: a model from a data set file, or, as a container of SageMaker's, from what stands below /opt/ml.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var dataSet = new Argument<FileInfo?>("data-set")
        {
            Description = "The Parquet file of a data set; without one, all is read and written below --ml-root, as SageMaker wants it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var root = new Option<DirectoryInfo>("--ml-root")
        {
            Description = "Where SageMaker's folders stand.",
            DefaultValueFactory = _ => new DirectoryInfo(Environment.GetEnvironmentVariable(ContainerFolder.RootVariable) ?? ContainerFolder.UsualRoot),
        };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for model.tar.gz and report.json." };
        var champion = new Option<FileInfo?>("--champion") { Description = "Artefact of the serving model, to compare with." };
        var championSha256 = new Option<string?>("--champion-sha256") { Description = "SHA-256 that this artefact must have." };
        var members = new Option<string>("--members")
        {
            Description = "Members to train, separated by commas.",
            DefaultValueFactory = _ => "cond,ridge,mlp,trees",
        };
        var seed = new Option<int>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
        var firstDays = new Option<int>("--first-model-days")
        {
            Description = "Whole days that the test part must hold for another candidate than cond when there is no serving model to compare with; 0 for none.",
        };
        var stdin = new Option<bool>("--while-stdin-open") { Description = "End when the standard input closes.", Hidden = true };
        var command = new Command("train", "Trains a model from a data set, judges it and writes its artefact.")
        {
            dataSet, output, champion, championSha256, members, seed, firstDays, stdin, root,
        };
        command.SetAction((parsed, cancellation) => (parsed.GetValue(dataSet), parsed.GetValue(output)) switch
        {
            (null, null) => RunContainer(new ContainerFolder(parsed.GetRequiredValue(root).FullName), cancellation),
            ({ } file, { } folder) => Run(
                new TrainingRequest(
                    file.FullName, folder.FullName,
                    parsed.GetValue(members)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                    parsed.GetValue(seed), parsed.GetValue(champion)?.FullName, FirstModelDays: parsed.GetValue(firstDays),
                    ChampionSha256: parsed.GetValue(championSha256)),
                parsed.GetValue(stdin), cancellation),
            _ => throw new UserErrorException("Give a data set and --out, or neither of them."),
        });
        return command;
    }

    private static async Task<int> Run(TrainingRequest request, bool whileStdinOpen, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (whileStdinOpen)
        {
            EndWithStdin(ending);
            // At once, for whoever started us: a training deep in its arithmetic is ended by force, with any exit code.
            _ = cancellation.Register(() => Console.Error.WriteLine(CommandLine.Cancelled));
        }
        return await Tell(() => CreateTrainer().Train(request, ConsoleProgress.Create(), ending.Token));
    }

    private static Task<int> RunContainer(ContainerFolder folder, CancellationToken cancellation) =>
        Tell(() => new ContainerTraining(folder, CreateTrainer).Run(ConsoleProgress.Create(), cancellation));

    private static Trainer CreateTrainer() =>
        new(ReadOptions(HtsConfiguration.Read().GetSection("Training:Model")), new ArtefactLimits(), TimeProvider.System);

    private static async Task<int> Tell(Func<Task<TrainingReport>> train)
    {
        try
        {
            var report = await train();
            Console.WriteLine(
                $"{report.Chosen} from {report.Rows} rows in {report.ElapsedMs} ms ({report.ChosenReason}): {report.ArtefactPath}");
            if (report.SymbolsLeftOut > 0)
                Console.WriteLine($"{report.SymbolsLeftOut} symbols were left out: {report.OlderRows} rows of theirs and older ones do not fit (Training:Model:MaxRows)");
            foreach (var placebo in report.Placebos)
                Console.WriteLine(placebo.T is null ? $"placebo '{placebo.Name}': too few rows to judge it" : string.Create(
                    CultureInfo.InvariantCulture,
                    $"placebo '{placebo.Name}': gross IC {placebo.GrossIc:0.0000}, t {placebo.T:0.00} of at most {placebo.Limit:0.00}{(placebo.Skilful ? ": skilful, something leaks" : "")}"));
            return 0;
        }
        catch (Exception e) when (e is NotEnoughDataException or DataSetException or ArgumentException or FileNotFoundException)
        {
            throw UserErrorException.Of(e);
        }
    }

    internal static TrainingOptions ReadOptions(IConfigurationSection section)
    {
        var options = section.Get<TrainingOptions>() ?? new TrainingOptions();
        // Binding adds to a list's defaults; a list that is set means itself alone.
        options.Mlp.Hidden = section.GetSection("Mlp:Hidden").Get<int[]>() ?? options.Mlp.Hidden;
        options.Ridge.Penalties = section.GetSection("Ridge:Penalties").Get<double[]>() ?? options.Ridge.Penalties;
        options.Ridge.EmbeddingPenalties = section.GetSection("Ridge:EmbeddingPenalties").Get<double[]>() ?? options.Ridge.EmbeddingPenalties;
        HtsConfiguration.Check($"{section.Path}:Split", options.Split.Validate);
        HtsConfiguration.Check($"{section.Path}:Ridge", options.Ridge.Validate);
        HtsConfiguration.Check($"{section.Path}:Mlp", options.Mlp.Validate);
        HtsConfiguration.Check($"{section.Path}:Trees", options.Trees.Validate);
        HtsConfiguration.Check($"{section.Path}:Placebo", options.Placebo.Validate);
        HtsConfiguration.Check($"{section.Path}:FeatureSpace", options.FeatureSpace.Validate);
        HtsConfiguration.Check(section.Path, options.Validate);
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
