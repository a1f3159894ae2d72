using System.Runtime.InteropServices;
using System.Text.Json;
using Hts.Artefacts;
using Hts.DataSets;
using Hts.Forecasts;
using Hts.Models;
using Hts.Splits;

namespace Hts.Training;

/// <summary>
/// Trains a model from a data set file: chronological purged split, members fitted and calibrated, the candidate chosen on the
/// validation part, everything judged once on the test part, the artefact and the report written. Equal inputs give equal bytes.
/// </summary>
public sealed class Trainer
{
    private readonly TrainingOptions options;
    private readonly ArtefactLimits limits;
    private readonly TimeProvider time;

    /// <exception cref="ArgumentOutOfRangeException">An option is not allowed.</exception>
    public Trainer(TrainingOptions options, ArtefactLimits limits, TimeProvider time)
    {
        options.Validate();
        limits.Validate();
        this.options = options;
        this.limits = limits;
        this.time = time;
    }

    /// <exception cref="DataSetException">The file is damaged or holds a row that breaks a rule.</exception>
    /// <exception cref="NotEnoughDataException">There are too few rows.</exception>
    /// <exception cref="ArgumentException">A member's name is unknown.</exception>
    /// <exception cref="ArtefactRefusedException">The model in use cannot be read, or is not the one that was meant.</exception>
    public async Task<TrainingReport> Train(
        TrainingRequest request, IProgress<TrainingStep>? progress = null, CancellationToken cancellation = default)
    {
        TrainingOptions.CheckMembers(request.Members);
        var started = time.GetTimestamp();
        progress?.Report(new("reading the data set", 0));
        // Not before the file is open: while a native library loads, no other thread gets at a native function that was not used before.
        var prepared = Task.CompletedTask;
        var data = await DataSetReader.Read(
            request.DataSetPath, options.MaxRows, TrainingOptions.LeastMs, () => prepared = Prepare(request.Members), cancellation);
        var champion = await ReadChampion(request, data.Header, cancellation);
        var checkpoints = request.CheckpointDirectory is null ? null : await Checkpoints.Open(request, options, cancellation);
        await prepared;
        return await Task.Run(() => Run(request, data, champion, checkpoints, started, progress, cancellation), cancellation);
    }

    /// <summary>Begins to load what members need to be fitted.</summary>
    private static unsafe Task Prepare(IReadOnlyList<string> members)
    {
        if (!members.Contains(MemberKinds.Mlp))
            return Task.CompletedTask;
        // Decoding takes native memory: see above.
        NativeMemory.Free(NativeMemory.Alloc(1));
        return Task.Run(MlpLearner.Prepare);
    }

    private async Task<TrainingReport> Run(
        TrainingRequest request, DataSet data, Champion champion, Checkpoints? checkpoints, long started, IProgress<TrainingStep>? progress,
        CancellationToken cancellation)
    {
        void Tell(string stage, double share) => progress?.Report(new(stage, share));
        var split = Cut(data, out var purgeMs);
        // Beside the fits: they share nothing but the data, which nobody changes.
        var checks = Task.Run(() => Placebo.Run(data, purgeMs, request.Seed, options, cancellation), cancellation);
        var bench = new Bench(data, split, purgeMs, request, options, Tell, cancellation, checkpoints);
        bench.Fit(request.Members);
        var (chosen, reason) = champion.Model is null && request.FirstModelDays > 0 && bench.TestDays() is var days && days < request.FirstModelDays
            ? (bench.Cond, $"a first model: {days} whole days to judge another on, {request.FirstModelDays} are needed")
            : bench.Choose(request.Members);

        Tell("judging", 0);
        var means = TrainingMeans.Of(data, split.Train);
        var facts = FactsOf(request, data, bench, means);
        var judge = new Judge(bench, facts, means);
        var candidates = judge.Reports();
        var scores = candidates.First(c => c.Name == chosen.Name).Scores;
        var model = bench.Finish(chosen, facts);
        var artefact = ModelArtefact.Write(model, Metrics(scores));

        Directory.CreateDirectory(request.OutputDirectory);
        var path = Path.Combine(request.OutputDirectory, ModelArtefact.FileName);
        await Replace(path, artefact, cancellation);
        var (placebos, leak) = await checks;
        var report = new TrainingReport
        {
            Rows = data.Count,
            OlderRows = data.OlderRows,
            SymbolsLeftOut = data.SymbolsLeftOut,
            Symbols = data.Symbols,
            TrainRows = split.Train.Length,
            ValidationRows = split.Validation.Length,
            TestRows = split.Test.Length,
            PurgedRows = split.Purged,
            FromTs = facts.TrainedFromTs,
            TestFromTs = split.Test.Length > 0 ? split.TestFromTs : null,
            TrainedUntilTs = facts.TrainedUntilTs,
            Chosen = chosen.Name,
            ChosenReason = reason,
            Skipped = bench.Skipped,
            MeanNet = means.NetReturn,
            Strategies = data.Header.Strategies,
            Candidates = candidates,
            Scores = scores,
            Placebos = placebos,
            Leak = leak,
            GateSlots = judge.GateSlots(chosen, champion.Model),
            ChampionProblem = champion.Problem,
            ArtefactPath = path,
            ArtefactSha256 = ModelArtefact.Sha256(artefact),
            ElapsedMs = (long)time.GetElapsedTime(started).TotalMilliseconds,
        };
        await Replace(
            Path.Combine(request.OutputDirectory, TrainingReport.FileName),
            JsonSerializer.SerializeToUtf8Bytes(report, TrainingJson.Default.TrainingReport),
            cancellation);
        Tell("done", 1);
        return report;
    }

    private PurgedSplit Cut(DataSet data, out long purgeMs)
    {
        purgeMs = PurgedSplit.PurgeMs(data.Header.SlotMs, data.Header.OverlapMs);
        var split = PurgedSplit.Make(data.BaseTs, purgeMs, options.Split);
        if (data.Count < options.MinRows || split.Train.Length == 0)
            throw new NotEnoughDataException(Math.Min(data.Count, split.Train.Length), options.MinRows);
        return split;
    }

    private static ModelFacts FactsOf(TrainingRequest request, DataSet data, Bench bench, TrainingMeans means)
    {
        long first = long.MaxValue, last = long.MinValue;
        foreach (var row in bench.FitRows)
        {
            first = Math.Min(first, data.BaseTs[row]);
            last = Math.Max(last, data.BaseTs[row]);
        }
        return new ModelFacts
        {
            Strategies = data.Header.Strategies,
            StrategySetHash = data.Header.StrategySetHash,
            FeatureSchemaHash = data.Header.FeatureSchemaHash,
            FeatureCount = data.Header.FeatureCount,
            CostPerFill = data.Header.CostPerFill,
            SlotMs = data.Header.SlotMs,
            TrainedFromTs = first,
            TrainedUntilTs = last + data.Header.SlotMs,
            MeanNet = means.NetReturn,
            Rows = bench.FitRows.Length,
            Symbols = data.Symbols,
            Seed = request.Seed,
        };
    }

    private async Task<Champion> ReadChampion(TrainingRequest request, DataSetHeader header, CancellationToken cancellation)
    {
        if (request.ChampionPath is null)
            return new Champion(null, null);
        try
        {
            await using var file = File.OpenRead(request.ChampionPath);
            return new Champion(await ModelArtefact.Read(file, limits, request.ChampionSha256, cancellation, ModelExpectations.Of(header)), null);
        }
        catch (ModelMisfitException e)
        {
            // It cannot serve here any more either: the gate is told and decides.
            return new Champion(null, e.Message);
        }
        catch (Exception e) when (e is ArtefactRefusedException or IOException or UnauthorizedAccessException)
        {
            // It may well serve, from memory: to go on without it would let a candidate pass that was never compared with it.
            throw new ArtefactRefusedException($"The serving model cannot be read to compare with: {e.Message}", e);
        }
    }

    private static Dictionary<string, double> Metrics(IReadOnlyList<ForecastScore> scores)
    {
        Dictionary<string, double> metrics = new(StringComparer.Ordinal);
        foreach (var score in scores)
        {
            Put("net_r2", score.NetR2);
            Put("net_r2_vs_cond", score.NetR2VsCond);
            Put("gross_ic", score.GrossIc);
            Put("sides_r2", score.SidesR2);
            Put("huber", score.Huber);
            Put("coverage", score.Coverage);

            void Put(string name, double? value)
            {
                if (value is not null)
                    metrics[$"test.{score.Name}.{name}"] = value.Value;
            }
        }
        return metrics;
    }

    private static async Task Replace(string path, byte[] content, CancellationToken cancellation)
    {
        var temporary = path + ".tmp";
        await File.WriteAllBytesAsync(temporary, content, cancellation);
        File.Move(temporary, path, overwrite: true);
    }

    private sealed record Champion(Model? Model, string? Problem);
}
