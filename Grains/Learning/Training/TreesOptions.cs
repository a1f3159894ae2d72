using Hts.Settings;

namespace Hts.Training;

/// <summary>
/// The boosted trees. Small on purpose: on data this noisy larger trees, or more of them, learn the noise.
/// </summary>
public sealed class TreesOptions
{
    /// <summary>Training rows, pooled over symbols, below which no trees are fitted. Default 12,000.</summary>
    public int MinRows { get; set; } = 12_000;

    /// <summary>Trees of each output. Default 60.</summary>
    public int Trees { get; set; } = 60;

    /// <summary>Most leaves of a tree. Default 8.</summary>
    public int Leaves { get; set; } = 8;

    /// <summary>Fewest rows of a leaf, of those that its tree was grown on. Default 400.</summary>
    public int LeafRows { get; set; } = 400;

    /// <summary>Share of what is left that each tree takes. Default .1.</summary>
    public double LearningRate { get; set; } = 0.1;

    /// <summary>Share of the rows, drawn anew, that each tree is grown on. Default .5.</summary>
    public double RowShare { get; set; } = 0.5;

    /// <summary>Share of the features, drawn anew, that each tree may split on. Default .5.</summary>
    public double FeatureShare { get; set; } = 0.5;

    /// <summary>
    /// True lets the trees see the embeddings. Default false: hundreds of weak columns take most of the time and, one split at a time,
    /// mostly offer noise that happens to fit; ridge weighs them under a penalty of their own.
    /// </summary>
    public bool Embeddings { get; set; }

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        SettingRange.Check(nameof(MinRows), MinRows, 100, 100_000_000);
        SettingRange.Check(nameof(Trees), Trees, 1, 400);
        SettingRange.Check(nameof(Leaves), Leaves, 2, 32);
        SettingRange.Check(nameof(LeafRows), LeafRows, 1, 1_000_000);
        SettingRange.Check(nameof(LearningRate), LearningRate, 1e-4, 1);
        SettingRange.Check(nameof(RowShare), RowShare, 0.01, 1);
        SettingRange.Check(nameof(FeatureShare), FeatureShare, 0.01, 1);
    }
}
