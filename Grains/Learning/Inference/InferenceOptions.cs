namespace Hts.Inference;

/// <summary>Bounds of the inference engine; section <c>Prediction:Inference</c>.</summary>
public sealed class InferenceOptions
{
    /// <summary>Forecasts that may wait; one more is answered "busy". Default 16,384: one slot end of 10,000 symbols and room.</summary>
    public int QueueCapacity { get; set; } = 16_384;

    /// <summary>Most forecasts run at once. Default 1,024: larger batches gain nothing and delay the first answer.</summary>
    public int MaxBatch { get; set; } = 1024;

    /// <summary>Loaded versions kept; the one least recently used goes. Default 4: champion, the one before, and two shadows.</summary>
    public int MaxModels { get; set; } = 4;

    /// <summary>Bounds on artefacts.</summary>
    public Artefacts.ArtefactLimits Limits { get; set; } = new();

    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; the message names key, value and what is.</exception>
    public void Validate()
    {
        Check(nameof(QueueCapacity), QueueCapacity, 1_000_000);
        Check(nameof(MaxBatch), MaxBatch, 65_536);
        Check(nameof(MaxModels), MaxModels, 64);
        Limits.Validate();
    }

    private static void Check(string key, int value, int most)
    {
        if (value < 1 || value > most)
            throw new ArgumentOutOfRangeException(key, value, $"{key} must lie within 1 and {most}.");
    }
}
