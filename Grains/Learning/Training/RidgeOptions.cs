using Hts.Settings;

namespace Hts.Training;

/// <summary>Penalties the linear member chooses from, per row and in units of a scaled feature's variance (1).</summary>
public sealed class RidgeOptions
{
    /// <summary>Penalties of price, signal and leader features.</summary>
    public double[] Penalties { get; set; } = [0.003, 0.03, 0.1, 0.3, 1, 3, 10, 100];

    /// <summary>Penalties of the embeddings' block; the block may also be left out.</summary>
    public double[] EmbeddingPenalties { get; set; } = [0.3, 3, 30];

    /// <summary>Latest share of the training rows on which penalties are chosen. Default .25.</summary>
    public double InnerShare { get; set; } = 0.25;

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        Check(nameof(Penalties), Penalties);
        Check(nameof(EmbeddingPenalties), EmbeddingPenalties);
        SettingRange.Check(nameof(InnerShare), InnerShare, 0.05, 0.5);
    }

    private static void Check(string key, double[] penalties)
    {
        if (penalties.Length is 0 or > 32 || !Array.TrueForAll(penalties, p => p is > 0 and < 1e9))
            throw new ArgumentOutOfRangeException(key, string.Join(',', penalties), $"{key} must be 1 to 32 positive numbers below 1e9.");
    }
}
