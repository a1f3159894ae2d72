using Hts.Embeddings;

namespace Hts.Features;

/// <summary>How features are made. What changes their values is part of the schema's hash.</summary>
public sealed class FeatureOptions
{
    /// <summary>
    /// Least standard deviation of a slot's return, basis points, within [0.01, 100]: a market that stood still has no scale of its own.
    /// Default 1.
    /// </summary>
    public double MinSigmaSlotBp { get; set; } = 1;

    /// <summary>
    /// Largest share of missing bars in the look-back that is still predicted on, within [0, 1). Default .25: an hour of 15 s bars
    /// bears a quarter of an hour of maintenance. The last slot's bars must all be there in any case.
    /// </summary>
    public double MaxMissingShare { get; set; } = 0.25;

    /// <summary>Symbol whose returns are features of all others; empty for none. Default BTCUSDT.</summary>
    public string Leader { get; set; } = "BTCUSDT";

    /// <summary>How embeddings are scaled, built-in and ingested ones alike. Default: absolute values sum to 1.</summary>
    public EmbeddingScale EmbeddingScale { get; set; } = EmbeddingScale.UnitSum;

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        if (!(MinSigmaSlotBp is >= 0.01 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(MinSigmaSlotBp), MinSigmaSlotBp, "MinSigmaSlotBp must lie within [0.01, 100].");
        if (!(MaxMissingShare is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(MaxMissingShare), MaxMissingShare, "MaxMissingShare must lie within [0, 1).");
        if (!Enum.IsDefined(EmbeddingScale))
            throw new ArgumentOutOfRangeException(nameof(EmbeddingScale), EmbeddingScale, "EmbeddingScale must be UnitSum or UnitLength.");
        ArgumentNullException.ThrowIfNull(Leader);
    }
}
