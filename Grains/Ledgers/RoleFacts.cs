namespace Hts.Ledgers;

/// <summary>Coverage and direction of a role's forecasts, all symbols and strategies pooled.</summary>
/// <param name="Rows">Settled forecasts.</param>
/// <param name="NonFinite">Slots for which its output was not finite.</param>
/// <param name="Coverage">Share of outcomes within their interval; null without any.</param>
/// <param name="GrossIc">
/// Correlation of predicted and realised gross return in σ units, without the mirrored short hold; null when it says nothing.
/// </param>
/// <param name="Days">UTC days that the forecasts lie in.</param>
public sealed record RoleFacts(long Rows, long NonFinite, double? Coverage, double? GrossIc, int Days);
