namespace Hts.Events;

/// <summary>A line of the status log.</summary>
/// <param name="Id">0 before it is stored; ascends.</param>
/// <param name="Kind">What it is about: "feed", "gap", "model", "training", "prediction", "leak", "drift", "audit", "system".</param>
/// <param name="Level">"info", "warning" or "error".</param>
public sealed record EventRow(long Id, long Ts, string Kind, string Level, string? Symbol, string Message);
