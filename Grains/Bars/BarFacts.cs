namespace Hts.Bars;

/// <summary>What is stored of a symbol in a span.</summary>
/// <param name="FirstTs">Open time of the symbol's first bar ever stored, to the hour where only its roll-up is left; null when it has none.</param>
/// <param name="LastTs">Open time of its newest bar, or of the last that its newest roll-up can hold.</param>
/// <param name="Hours">Hours of the span that have bars, ascending.</param>
/// <param name="Lag">Over the whole span.</param>
public sealed record BarFacts(long? FirstTs, long? LastTs, IReadOnlyList<HourFacts> Hours, LagFacts? Lag);
