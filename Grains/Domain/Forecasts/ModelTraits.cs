namespace Hts.Forecasts;

/// <summary>What a loaded model says of itself.</summary>
/// <param name="Kind">One word: <c>cond</c>, a member's kind, <c>average</c> or <c>embedding_net</c>.</param>
/// <param name="MeanNet">Training mean of the net return of each strategy, fractions; zeros when the artefact does not say.</param>
public sealed record ModelTraits(string Kind, double[] MeanNet);
