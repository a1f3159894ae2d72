using Hts.Forecasts;

namespace Hts.Artefacts.PyTorch;

/// <summary>
/// Reads what <c>torch.save(model.state_dict())</c> writes since PyTorch 1.6: a zip of raw numbers beside a pickle that names them. The
/// pickle is read by a small machine that knows how to put tensors into a dictionary and nothing else, so no file can make it do more.
/// </summary>
internal static class StateDict
{
    /// <summary>The plain tensors of a state dict by name, in the file's order.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="limits">Bound its members and what its tensors unfold to.</param>
    /// <exception cref="ArtefactRefusedException">The file holds anything but plain tensors; the message names the rule.</exception>
    public static IReadOnlyList<NamedTensor> Read(ReadOnlyMemory<byte> file, ArtefactLimits limits)
    {
        using var archive = StateDictArchive.Open(file, limits);
        var entries = new PickleMachine(archive.Pickle).Run();
        List<NamedTensor> tensors = [];
        long room = limits.MaxTensorBytes;
        foreach (var (name, tensor) in entries)
        {
            room -= tensor.Elements * sizeof(double);
            if (room < 0)
                throw new ArtefactRefusedException($"model.pth: its tensors unfold to more than {limits.MaxTensorBytes} bytes.");
            tensors.Add(new NamedTensor(name, tensor.Size, StorageReader.Read(tensor, archive)));
        }
        return tensors;
    }
}
