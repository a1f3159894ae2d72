using Hts.Scores;

namespace Hts.Training;

/// <summary>What is kept of a training report in the catalogue of models.</summary>
internal sealed record ModelMetrics(
    int Rows, int TrainRows, int ValidationRows, int TestRows, int PurgedRows, string Chosen, string ChosenReason,
    IReadOnlyDictionary<string, string> Skipped, IReadOnlyList<CandidateReport> Candidates,
    IReadOnlyList<PlaceboScore> Placebos, LeakScore? Leak)
{
    public static ModelMetrics Of(TrainingReport report) => new(
        report.Rows, report.TrainRows, report.ValidationRows, report.TestRows, report.PurgedRows, report.Chosen, report.ChosenReason,
        report.Skipped, report.Candidates, report.Placebos, report.Leak);
}
