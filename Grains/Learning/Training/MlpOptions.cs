using Hts.Settings;

namespace Hts.Training;

/// <summary>The perceptron and how it is trained.</summary>
public sealed class MlpOptions
{
    /// <summary>Widths of the hidden layers. Default 256, 128, 64.</summary>
    public int[] Hidden { get; set; } = [256, 128, 64];

    /// <summary>Share of a hidden layer silenced at random in training. Default .2.</summary>
    public double Dropout { get; set; } = 0.2;

    /// <summary>Step of Adam. Default .001.</summary>
    public double LearningRate { get; set; } = 1e-3;

    /// <summary>Rows a step. Default 64.</summary>
    public int BatchRows { get; set; } = 64;

    /// <summary>Epochs without a better validation loss before it stops. Default 15.</summary>
    public int Patience { get; set; } = 15;

    /// <summary>Most epochs. Default 200.</summary>
    public int MaxEpochs { get; set; } = 200;

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        if (Hidden.Length is 0 or > 8 || !Array.TrueForAll(Hidden, h => h is >= 1 and <= 8192))
            throw new ArgumentOutOfRangeException(nameof(Hidden), string.Join(',', Hidden), "Hidden must be 1 to 8 widths within 1 and 8192.");
        SettingRange.Check(nameof(Dropout), Dropout, 0, 0.9);
        SettingRange.Check(nameof(LearningRate), LearningRate, 1e-7, 1);
        SettingRange.Check(nameof(BatchRows), BatchRows, 1, 65_536);
        SettingRange.Check(nameof(Patience), Patience, 1, 1000);
        SettingRange.Check(nameof(MaxEpochs), MaxEpochs, 1, 10_000);
    }
}
