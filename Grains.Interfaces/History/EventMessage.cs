namespace Hts.History;

/// <summary>A line of the status log.</summary>
/// <param name="Kind">"feed", "gap", "model", "training", "prediction" or "system".</param>
/// <param name="Level">"info", "warning" or "error".</param>
[GenerateSerializer, Immutable, Alias("hts.event")]
public sealed record EventMessage(
    [property: Id(0)] long Id,
    [property: Id(1)] long Ts,
    [property: Id(2)] string Kind,
    [property: Id(3)] string Level,
    [property: Id(4)] string? Symbol,
    [property: Id(5)] string Message);
