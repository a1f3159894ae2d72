using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hts.Evaluation;
using Hts.Evaluations;
using Hts.Features;
using Hts.Files;
using Hts.Hosting;
using Hts.Imports;
using Hts.Training;

namespace Hts.Commands;

/// <summary><c>evaluate</c>: a purged walk-forward over stored or given bars.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var bars = new Option<string?>("--bars") { Description = "Bar file, or folder of them; by default the stored bars." };
        var barSeconds = CommonOptions.BarSeconds();
        var symbols = new Option<string[]>("--symbols")
        {
            Description = "Symbols, separated by commas or spaces; by default all.",
            AllowMultipleArgumentsPerToken = true,
        };
        var from = CommonOptions.From("First day or instant of the data, ISO 8601 UTC.");
        var to = CommonOptions.To("End of the data, a day or an instant, ISO 8601 UTC.");
        var report = new Option<DirectoryInfo>("--report")
        {
            Description = "Folder for report.json and report.html.",
            DefaultValueFactory = _ => new DirectoryInfo("evaluation"),
        };
        var settings = new EvaluateSettings();
        var dataDir = CommonOptions.DataDir();
        var command = new Command(
            "evaluate",
            "Trains, promotes and forecasts over history as the live system would have, and scores what it said with confidence intervals.")
        {
            bars, barSeconds, symbols, from, to, report, dataDir,
        };
        settings.AddTo(command);
        var synthetic = new SyntheticProof();
        synthetic.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (synthetic.Wanted(parsed))
                return synthetic.Run(parsed, parsed.GetRequiredValue(report), cancellation);
            var (fromTs, toTs) = Instants.ReadSpan(parsed.GetValue(from), parsed.GetValue(to));
            string[] wanted = [.. (parsed.GetValue(symbols) ?? []).SelectMany(s => s.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct()];
            var request = new EvaluateRequest(
                parsed.GetValue(bars), parsed.GetValue(barSeconds), wanted, fromTs, toTs, parsed.GetRequiredValue(report),
                parsed.GetRequiredValue(dataDir));
            return Run(request, options => settings.Apply(parsed, options), cancellation);
        });
        return command;
    }

    private static async Task<int> Run(EvaluateRequest request, Action<EvaluationOptions> settings, CancellationToken cancellation)
    {
        var configuration = HtsConfiguration.Read();
        var options = EvaluateSettings.Read(configuration);
        settings(options);
        EvaluateSettings.Check(options);
        var problems = new ReadReport(problem => Console.Error.WriteLine(problem));
        var report = request.Bars is null
            ? await Stored(request, configuration, options, cancellation)
            : await Given(request, request.Bars, configuration, options, problems, cancellation);
        using var process = Process.GetCurrentProcess();
        report = report with { PeakMemoryMb = Math.Round(process.PeakWorkingSet64 / 1048576.0, 1), Seconds = Math.Round(report.Seconds, 1) };
        await ReportFolder.Write(request.Report, report, cancellation);
        foreach (var sentence in report.Findings)
            Console.WriteLine(sentence);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Slots} slots of {report.Symbols.Count} symbols from {report.From} to {report.To} in {report.Seconds:0} s, {report.PeakMemoryMb:0} MB at most: {request.Report.FullName}"));
        if (problems.BadFiles == 0)
            return 0;
        Console.Error.WriteLine($"{problems.BadFiles} bad files: the report is of what could be read.");
        return 1;
    }

    private static Task<EvaluationReport> Given(
        EvaluateRequest request, string path, IConfiguration configuration, EvaluationOptions options, ReadReport problems,
        CancellationToken cancellation)
    {
        var grid = HtsConfiguration.Grid(configuration, request.BarSeconds);
        var schema = HtsConfiguration.Schema(configuration, grid);
        Console.Error.WriteLine("reading bars");
        var bars = BarFolder.Read(path, request.Symbols, grid, request.FromTs ?? long.MinValue, request.ToTs ?? long.MaxValue, problems);
        return Evaluate(new EvaluationRequest(SymbolSources.Of(bars, schema), schema.LeaderSymbol, long.MaxValue), schema, configuration, options, cancellation);
    }

    private static async Task<EvaluationReport> Stored(
        EvaluateRequest request, IConfiguration configuration, EvaluationOptions options, CancellationToken cancellation)
    {
        if (request.BarSeconds is not null)
            throw new UserErrorException("--bar-seconds goes with --bars: stored bars have the installation's length, Features:BarSeconds.");
        await using var session = await StorageSession.OpenToRead(request.DataDir, cancellation);
        var schema = HtsConfiguration.Schema(configuration, session.Grid);
        var sources = await SymbolSources.Of(session.Store, request.Symbols, request.FromTs ?? 0, request.ToTs ?? Instants.Latest, cancellation);
        return await Evaluate(
            new EvaluationRequest(sources, schema.LeaderSymbol, request.ToTs ?? long.MaxValue), schema, configuration, options, cancellation);
    }

    private static async Task<EvaluationReport> Evaluate(
        EvaluationRequest request, FeatureSchema schema, IConfiguration configuration, EvaluationOptions options, CancellationToken cancellation)
    {
        try
        {
            var training = TrainCommand.ReadOptions(configuration.GetSection("Training:Model"));
            var evaluator = new Evaluator(schema, options, training, TimeProvider.System);
            return await evaluator.Run(request, new LineProgress(), cancellation);
        }
        catch (Exception e) when (e is EvaluationException or NotEnoughDataException or ArgumentException)
        {
            throw UserErrorException.Of(e);
        }
    }

    /// <summary>One line a stage on the error stream, at once: results can be piped.</summary>
    private sealed class LineProgress : IProgress<EvaluationStep>
    {
        public void Report(EvaluationStep value) => Console.Error.WriteLine(value.Stage);
    }
}
