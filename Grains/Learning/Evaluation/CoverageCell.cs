namespace Hts.Evaluation;

/// <summary>How often the outcome lay within the champion's 90 % interval.</summary>
/// <param name="Month">As <c>2022-01</c>.</param>
/// <param name="Standing">Whether the strategy's own position stood at the decision; the holds have none.</param>
/// <param name="Value">Share of outcomes within, ends included.</param>
/// <param name="Count">Outcomes.</param>
public sealed record CoverageCell(string Symbol, string Strategy, string Month, bool Standing, double Value, int Count);
