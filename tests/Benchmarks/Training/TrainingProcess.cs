using System.Diagnostics;
using Hts.DataSets;

namespace Hts.Benchmarks.Training;

/// <summary>
/// The whole process of a training, from its start to its artefact: 1,500 rows of 512 features, the perceptron of the original's sizes.
/// No BenchmarkDotNet: what is measured is a process.
/// </summary>
internal static class TrainingProcess
{
    public const string Verb = "train-process";

    private const int Rows = 1500;
    private const int Features = 512;
    private const long SlotMs = 600_000;

    /// <param name="arguments">Members, "mlp" when none are given, and the number of runs, 5.</param>
    public static async Task Run(string[] arguments)
    {
        var members = arguments.Length > 0 ? arguments[0] : "mlp";
        var runs = arguments.Length > 1 ? int.Parse(arguments[1]) : 5;
        var folder = Directory.CreateTempSubdirectory("hts-train-");
        try
        {
            var path = Path.Combine(folder.FullName, "train.parquet");
            await Write(path);
            List<double> seconds = [];
            for (var run = 0; run < runs; run++)
            {
                seconds.Add(await Once(path, members));
                Console.WriteLine(FormattableString.Invariant($"run {run + 1}: {seconds[^1]:0.00} s"));
            }
            Console.WriteLine(FormattableString.Invariant(
                $"{members} on {Rows} x {Features}: median {seconds.Order().ElementAt(runs / 2):0.00} s, load average {await Load()}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> Once(string path, string members)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Silo")) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "train", path, "--out", Path.GetDirectoryName(path)!, "--members", members })
            start.ArgumentList.Add(argument);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var seconds = clock.Elapsed.TotalSeconds;
        return process.ExitCode == 0 ? seconds : throw new InvalidOperationException(await errors);
    }

    private static async Task Write(string path)
    {
        var random = new Random(1);
        var header = new DataSetHeader(
            "features", Features, Features, 3_600_000, ["trend", "mean_revert", "breakout", "scalper", "long_hold", "short_hold"], "strategies", 0.0005, 15_000, SlotMs);
        await using var writer = await DataSetWriter.Create(path, header, CancellationToken.None);
        for (var slot = 0; slot < Rows; slot++)
        {
            var features = new float[Features];
            for (var i = 0; i < Features; i++)
                features[i] = random.NextSingle() - 0.5f;
            var move = (features[0] * 0.001) + ((random.NextDouble() - 0.5) * 0.01);
            await writer.Write(
                new DataSetRow("BTCUSDT", slot * SlotMs, features, 0.003, [0, 1, 0, -1], [0, move, 0, -move, move, -move], [0, 2, 0, 2, 2, 2]),
                CancellationToken.None);
        }
        await writer.Complete(CancellationToken.None);
    }

    private static async Task<string> Load() =>
        File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0] : "unknown";
}
