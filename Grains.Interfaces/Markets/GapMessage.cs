namespace Hts.Markets;

/// <summary>A hole in the bars: [from, to) in Unix ms on the bar grid, with its cause in words.</summary>
/// <param name="State">"missing" while there are no bars; "repaired" when they were fetched later.</param>
/// <param name="RepairedAt">When the last of its bars came, Unix ms; null while it is missing.</param>
[GenerateSerializer, Immutable, Alias("hts.gap")]
public sealed record GapMessage(
    [property: Id(0)] long FromTs,
    [property: Id(1)] long ToTs,
    [property: Id(2)] string Cause,
    [property: Id(3)] string State = "missing",
    [property: Id(4)] long? RepairedAt = null);
