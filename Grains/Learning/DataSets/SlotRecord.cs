using Hts.Features;
using Hts.Labels;

namespace Hts.DataSets;

/// <summary>What stood at the end of a slot: the features of the next window and the outcome of the last.</summary>
/// <param name="Ts">The slot boundary, Unix ms UTC.</param>
/// <param name="Market">The market's own features; null unless ready.</param>
/// <param name="Reason">Why they are not ready; null when they are.</param>
internal sealed record SlotRecord(
    long Ts, float[]? Market, float[]? Returns, string? Reason, double SigmaSlot, sbyte[] Standing, WindowLabel Label)
{
    public static SlotRecord Of(SymbolFeatures features, FeatureSchema schema)
    {
        var market = new float[schema.MarketCount];
        var returns = new float[FeatureSchema.LeaderReturns];
        return new SlotRecord(
            features.EndTs,
            features.TryRead(market) ? market : null,
            features.TryReadReturns(returns) ? returns : null,
            features.Readiness.Reason,
            features.SigmaSlot,
            features.Standing.ToArray(),
            features.LastLabel.Copy());
    }
}
