namespace Hts.Artefacts;

/// <summary>The two files of an artefact.</summary>
/// <param name="Metadata">metadata.json.</param>
/// <param name="Weights">model.safetensors, or model.pth where <see cref="IsStateDict"/> says so.</param>
internal sealed record ArtefactFiles(byte[] Metadata, byte[] Weights)
{
    /// <summary>True for the state dict of a PyTorch model.</summary>
    public bool IsStateDict { get; init; }
}
