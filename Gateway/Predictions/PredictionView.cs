using Hts.Json;

namespace Hts.Predictions;

/// <summary>A row of the ledger. Returns are net, in percent.</summary>
/// <param name="Predicted">Null when the slot was explained instead of predicted; reason says why.</param>
/// <param name="Reason">Why this pick, or why there is no pick or no prediction.</param>
/// <param name="SettleReason">"settled", or why there is no outcome; null while the window is open.</param>
internal sealed record PredictionView(
    string Symbol, UtcTime BaseTs, UtcTime TargetTs, string Role, string? ModelVersion, long? Epoch,
    StrategyReturns? Predicted, StrategyReturns? Lower, StrategyReturns? Upper, string? Pick, string Reason, string? FeaturesHash,
    UtcTime CreatedAt, StrategyReturns? Outcome, UtcTime? SettledAt, string? SettleReason)
{
    public static PredictionView From(PredictionMessage m) => new(
        m.Symbol, new UtcTime(m.BaseTs), new UtcTime(m.TargetTs), m.Role, m.ModelVersion, m.Epoch,
        StrategyReturns.From(m.Strategies, m.Predicted), StrategyReturns.From(m.Strategies, m.Lower), StrategyReturns.From(m.Strategies, m.Upper),
        m.Pick, m.Reason, m.FeaturesHash, new UtcTime(m.CreatedAt), StrategyReturns.From(m.Strategies, m.Outcome), UtcTime.From(m.SettledAt), m.SettleReason);
}
