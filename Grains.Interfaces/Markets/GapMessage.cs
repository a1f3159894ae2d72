namespace Hts.Markets;

/// <summary>A hole that cannot be filled: [from, to) in Unix ms on the bar grid, with its cause in words.</summary>
[GenerateSerializer, Immutable, Alias("hts.gap")]
public sealed record GapMessage([property: Id(0)] long FromTs, [property: Id(1)] long ToTs, [property: Id(2)] string Cause);
