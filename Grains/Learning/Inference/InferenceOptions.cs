using Hts.Settings;

namespace Hts.Inference;

/// <summary>Bounds of the inference engine; section <c>Prediction:Inference</c>.</summary>
public sealed class InferenceOptions
{
    /// <summary>Forecasts that may wait; one more is answered "busy". Default 16,384: one slot end of 10,000 symbols and room.</summary>
    public int QueueCapacity { get; set; } = 16_384;

    /// <summary>Most forecasts run at once. Default 1,024: larger batches gain nothing and delay the first answer.</summary>
    public int MaxBatch { get; set; } = 1024;

    /// <summary>Loaded versions kept; the one least recently used goes. Default 8: champion, the one before, and the shadows.
    /// Below Prediction:Challengers + 3 these would push one another out.</summary>
    public int MaxModels { get; set; } = 8;

    /// <summary>Bounds on artefacts.</summary>
    public Artefacts.ArtefactLimits Limits { get; set; } = new();

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        SettingRange.Check(nameof(QueueCapacity), QueueCapacity, 1, 1_000_000);
        SettingRange.Check(nameof(MaxBatch), MaxBatch, 1, 65_536);
        SettingRange.Check(nameof(MaxModels), MaxModels, 1, 64);
        Limits.Validate();
    }
}
