using System.CommandLine;
using Hts.Files;
using Hts.Hosting;
using Hts.Labels;
using Hts.Postgres;

namespace Hts.Commands;

/// <summary><c>label</c>: the outcome of every window of bar or trade files, as csv.</summary>
internal static class LabelCommand
{
    public static Command Create()
    {
        var files = CommonOptions.Files("Trade or bar files (csv, csv.gz, zip), or folders of them, in the order of time.");
        var symbol = CommonOptions.Symbol();
        var barSeconds = CommonOptions.BarSeconds();
        var maxQuiet = new Option<int>("--max-quiet")
        {
            Description = "Seconds without trades that count as a hole, whose windows have no label; 0: every silence is quiet.",
            DefaultValueFactory = _ => 0,
        };
        var output = new Option<FileInfo>("--out") { Description = "The csv file to write.", Required = true };
        var command = new Command("label", "Writes the labels of all strategies for every window of bar or trade files.")
        {
            files, symbol, barSeconds, maxQuiet, output,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(files), parsed.GetValue(symbol), parsed.GetValue(barSeconds), parsed.GetValue(maxQuiet),
            parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Run(string[] paths, string? symbol, int? barSeconds, int maxQuiet, FileInfo output)
    {
        var configuration = HtsConfiguration.Read();
        var grid = HtsConfiguration.Grid(configuration, barSeconds);
        var strategies = HtsConfiguration.Strategies(configuration);
        var files = SymbolFiles.Of(paths, symbol);
        if (output.Exists && files.Any(file => RealPath.Of(file) == RealPath.Of(output.FullName)))
            throw new UserErrorException($"--out {output.FullName} is one of the files to read.");
        var report = new ReadReport(problem => Console.Error.WriteLine(problem));
        var source = new BarSource(files, symbol, grid, maxQuiet == 0 ? long.MaxValue : maxQuiet * 1000L, report);
        var maker = new LabelMaker(strategies, grid);
        output.Directory?.Create();
        using var writer = new LabelWriter(output.FullName, strategies);
        long labels = 0, without = 0;
        foreach (var bar in source.Read())
        {
            for (; maker.Book.LastTs != long.MinValue && maker.Book.LastTs + grid.BarMs < bar.Ts;)
                Count(maker.AppendMissing(maker.Book.LastTs + grid.BarMs));
            Count(maker.Append(bar));
        }
        Console.WriteLine($"{labels} windows labelled, {without} without a label (warm-up or missing time), {report.Rows} rows read, {report.BadRows} bad.");
        if (report.Rows == 0)
            return 1;
        writer.Keep();
        return report.BadFiles > 0 ? 1 : 0;

        void Count(bool windowEnded)
        {
            if (!windowEnded)
                return;
            if (maker.Label.Complete)
            {
                writer.Write(maker.Label);
                labels++;
            }
            else
            {
                without++;
            }
        }
    }
}
