using Hts.Bars;
using Hts.Events;
using Hts.Ledgers;
using Hts.Markets;
using Hts.Models;
using Hts.Predictions;
using Hts.Strategies;
using Hts.Training;

namespace Hts.History;

/// <summary>The one place where stored values become messages and back.</summary>
internal static class Wire
{
    public static BarMessage ToMessage(this in StoredBar stored)
    {
        var b = stored.Bar;
        return new BarMessage(
            b.Ts, b.Open, b.High, b.Low, b.Close, b.Volume, b.TakerBuyVolume, b.Trades, b.LastTradeId, stored.KnownAt, stored.Revision,
            stored.Backfilled);
    }

    public static StoredBar ToStored(this in BarMessage m) =>
        new(new Bar(m.Ts, m.Open, m.High, m.Low, m.Close, m.Volume, m.TakerBuyVolume, m.Trades, m.LastTradeId), m.KnownAt, m.Revision,
            m.Backfilled);

    public static EventMessage ToMessage(this EventRow e) => new(e.Id, e.Ts, e.Kind, e.Level, e.Symbol, e.Message);

    public static GapMessage ToMessage(this Gap gap) =>
        new(gap.FromTs, gap.ToTs, gap.Cause, gap.IsMissing ? "missing" : "repaired", gap.RepairedAt);

    public static PredictionMessage ToMessage(this LedgerRow row, StrategySet strategies) =>
        new LedgerEntry(row, null, 0).ToMessage(strategies);

    public static PredictionMessage ToMessage(this LedgerEntry entry, StrategySet strategies)
    {
        var (row, settled) = (entry.Row, entry.Settlement);
        return new PredictionMessage(
            row.Symbol, row.BaseTs, row.TargetTs, row.Role, row.ModelVersion, row.Epoch, strategies.Names,
            row.PredictedPct, row.LowerPct, row.UpperPct, row.Pick, row.Reason, row.FeaturesHash, row.CreatedAt,
            settled?.OutcomePct, settled?.SettledAt, settled?.Reason, entry.Sequence);
    }

    public static ModelMessage ToMessage(this ModelRow m) => new(
        m.Version, m.Kind, m.State, m.Epoch, m.EffectiveFrom, m.Uri, m.Sha256, m.JobName, m.TrainUri, m.CreatedAt, m.Reason,
        m.MetricsJson, m.DecisionJson);

    public static ModelMoveMessage ToMessage(this ModelMoveRow m) =>
        new(m.Id, m.At, m.Action, m.Version, m.Epoch?.Number, m.Epoch?.EffectiveFrom, m.By, m.Reason);

    public static TrainingRunMessage ToMessage(this TrainingRunRow r, string? decisionJson) =>
        new(r.JobName, r.RunTs, r.State, r.StartedAt, r.FinishedAt, r.Rows, r.ModelVersion, r.Backend, r.Reason, decisionJson,
            r.Place, r.EstimatedSeconds, r.BillableSeconds, r.Cost);
}
