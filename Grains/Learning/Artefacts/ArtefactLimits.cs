namespace Hts.Artefacts;

/// <summary>Bounds on an artefact, checked while it is read: a small file cannot unfold into a large one.</summary>
public sealed class ArtefactLimits
{
    /// <summary>Packed size in bytes; default 64 MB (a model of the usual size has 1 MB).</summary>
    public int MaxPackedBytes { get; set; } = 64 << 20;

    /// <summary>Size of metadata.json in bytes; default 1 MB.</summary>
    public int MaxMetadataBytes { get; set; } = 1 << 20;

    /// <summary>Size of model.safetensors in bytes; default 128 MB.</summary>
    public int MaxTensorBytes { get; set; } = 128 << 20;

    /// <exception cref="ArgumentOutOfRangeException">A bound is not positive; the message names key, value and what is allowed.</exception>
    public void Validate()
    {
        Check(nameof(MaxPackedBytes), MaxPackedBytes);
        Check(nameof(MaxMetadataBytes), MaxMetadataBytes);
        Check(nameof(MaxTensorBytes), MaxTensorBytes);
    }

    private static void Check(string key, int value)
    {
        if (value < 1)
            throw new ArgumentOutOfRangeException(key, value, $"{key} must be at least 1.");
    }
}
