using System.Text.Json;
using Hts.Bars;
using Hts.Gates;
using Hts.Models;

namespace Hts.Training;

/// <summary>Makes of a training's report what the gate and the catalogue of models need.</summary>
internal sealed class TrainingResults(Grid grid)
{
    private readonly int slotsPerDay = (int)(GateDay.Ms / grid.SlotMs);

    /// <summary>The run's instant in ISO 8601, as it stands in the address of its data set.</summary>
    public static string RunOf(string trainUri)
    {
        const string Mark = "run_ts=";
        var start = trainUri.LastIndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return Uri.UnescapeDataString(trainUri[start..trainUri.IndexOf('/', start)]);
    }

    /// <summary>The model's version name: of the attempt and its bytes.</summary>
    /// <param name="sha256">Of the artefact, in lower-case hex.</param>
    public static string VersionOf(TrainingJob job, string sha256) => $"{job.Name["hts-".Length..]}-{sha256[..8]}";

    /// <param name="uri">Address of the artefact.</param>
    /// <param name="sha256">Of the artefact, in lower-case hex.</param>
    public TrainingResult Of(TrainingJob job, TrainingReport report, string uri, string sha256)
    {
        var version = VersionOf(job, sha256);
        // A champion that was made for other features or strategies cannot serve any more and so cannot hold its place.
        var champion = report.ChampionProblem is null ? job.ChampionVersion : null;
        var pooled = report.Scores.FirstOrDefault(s => s.Name == "pooled");
        var days = GateDays.Of(report.GateSlots, slotsPerDay, champion is not null);
        var gate = new GateInput
        {
            ChallengerVersion = version,
            ChampionVersion = champion,
            ChallengerIsCond = report.Chosen == MemberKinds.Cond,
            Evidence = GateEvidence.WalkForward,
            DecidedAt = job.RunTs,
            Days = days,
            NonFinite = report.GateSlots.Count(s => !double.IsFinite(s.Challenger)),
            Coverage = pooled?.Coverage,
            GrossIc = pooled?.GrossIc,
            GrossIcDays = days.Count,
            Placebos = GatePlacebos.Of(report.Placebos, report.Leak),
        };
        return new TrainingResult(
            version, report.Chosen, uri, sha256, Array.ConvertAll(report.MeanNet, m => m * 100),
            JsonSerializer.Serialize(ModelMetrics.Of(report), MetricsJson.Default.ModelMetrics), gate);
    }
}
