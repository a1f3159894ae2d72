namespace Hts.Models;

/// <summary>Holds the serving model in its place until it is taken away.</summary>
/// <param name="By">On whose word.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">Since when, Unix ms.</param>
[GenerateSerializer, Immutable, Alias("hts.pin")]
public sealed record PinMessage(
    [property: Id(0)] string Version, [property: Id(1)] string By, [property: Id(2)] string Reason, [property: Id(3)] long At);
