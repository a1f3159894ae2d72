namespace Hts.Training;

/// <summary>What came of looking after a run at its place.</summary>
/// <param name="Visits">The places that it has been at by now.</param>
/// <param name="State">"training", "evaluating" or "failed".</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Warning">What people should know; null when nothing happened.</param>
internal sealed record PlaceStep(TrainingVisit[] Visits, string State, string Reason = "", string? Warning = null);
