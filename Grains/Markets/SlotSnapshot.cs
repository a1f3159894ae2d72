using Hts.Features;
using Hts.Labels;

namespace Hts.Markets;

/// <summary>What a market knew at the end of one slot: enough to answer for it while later bars come in.</summary>
/// <param name="Ts">The slot boundary, Unix ms.</param>
/// <param name="Own">The market's own features; empty unless ready.</param>
/// <param name="Returns">Its returns for others that follow it; empty unless ready.</param>
/// <param name="Label">Outcome of the window that ended there.</param>
internal sealed record SlotSnapshot(
    long Ts, FeatureReadiness Readiness, float[] Own, float[] Returns, double SigmaSlot, sbyte[] Standing, WindowLabel Label)
{
    public static SlotSnapshot Of(SymbolFeatures features, FeatureSchema schema)
    {
        var own = new float[schema.MarketCount];
        var returns = new float[FeatureSchema.LeaderReturns];
        return new SlotSnapshot(
            features.EndTs, features.Readiness, features.TryRead(own) ? own : [], features.TryReadReturns(returns) ? returns : [],
            features.SigmaSlot, features.Standing.ToArray(), features.LastLabel.Copy());
    }
}
