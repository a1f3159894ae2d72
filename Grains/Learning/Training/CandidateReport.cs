namespace Hts.Training;

/// <summary>How one candidate did.</summary>
/// <param name="Name">A member's kind, "average", or one of the baselines "zero" and "mean".</param>
/// <param name="Members">Kinds it is made of; empty for the baselines.</param>
/// <param name="ValidationHuber">Mean Huber loss on the validation part: what the choice rests on.</param>
/// <param name="Slope">Its shrinkage of gross.</param>
/// <param name="Scores">On the test part; empty when there is none.</param>
public sealed record CandidateReport(
    string Name, IReadOnlyList<string> Members, double ValidationHuber, double Slope, IReadOnlyList<ForecastScore> Scores);
