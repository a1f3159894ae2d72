using Hts.Scores;

namespace Hts.Ledgers;

/// <summary>Losses of ledger rows: the one definition for settlement, gate and scorecard.</summary>
public static class SlotLosses
{
    /// <summary>Huber loss in σ units; null when nothing was predicted or its scale is not known.</summary>
    /// <param name="outcomePct">Net return per strategy in percent.</param>
    public static double? Of(LedgerRow row, double[] outcomePct) =>
        row.PredictedPct is { } predicted && row.SigmaSlot is { } sigma ? Of(predicted, outcomePct, sigma) : null;

    /// <inheritdoc cref="Of(LedgerRow, double[])"/>
    /// <param name="sigma">Expected standard deviation of the slot's return, a fraction.</param>
    public static double? Of(double[] predictedPct, double[] outcomePct, double sigma)
    {
        if (!(sigma > 0))
            return null;
        var loss = Huber.SlotLoss(predictedPct, outcomePct, sigma * 100);
        return double.IsFinite(loss) ? loss : null;
    }
}
