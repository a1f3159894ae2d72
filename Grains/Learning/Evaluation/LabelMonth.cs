namespace Hts.Evaluation;

/// <summary>What the labels of one symbol and month are like.</summary>
/// <param name="Month">As <c>2022-01</c>.</param>
/// <param name="Slots">Labelled slots.</param>
/// <param name="TradedShare">Share of slots in which each active strategy traded.</param>
/// <param name="RoundTripsP99">99th percentile of round trips in traded slots, by active strategy.</param>
/// <param name="Rank">Rank of the strategies' net returns, centred: the short hold mirrors the long one, so at most one less than there are.</param>
/// <param name="Condition">Largest over smallest singular value of the standardised net returns, the mirrored short hold left out.</param>
public sealed record LabelMonth(
    string Symbol,
    string Month,
    int Slots,
    IReadOnlyDictionary<string, double> TradedShare,
    IReadOnlyDictionary<string, double> RoundTripsP99,
    int Rank,
    double? Condition);
