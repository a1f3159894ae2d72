namespace Hts.Markets;

/// <summary>The label of one window, or why there is none. Net returns in percent, in the order of the strategy set.</summary>
[GenerateSerializer, Immutable, Alias("hts.outcome-reply")]
public sealed record OutcomeReply(
    [property: Id(0)] Readiness Readiness, [property: Id(1)] string Reason, [property: Id(2)] double[] NetPct);
