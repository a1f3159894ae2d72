using Hts.Forecasts;

namespace Hts.Artefacts.PyTorch;

/// <summary>An ordered dictionary while a pickle fills it.</summary>
internal sealed class PickleDictionary
{
    private readonly OrderedDictionary<string, object?> entries = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Keys => [.. entries.Keys];

    /// <exception cref="ArtefactRefusedException">The key is no text, or it stands there already.</exception>
    public void Put(object? key, object? value)
    {
        if (key is not string name || !entries.TryAdd(name, value))
            throw new ArtefactRefusedException($"model.pth: '{key}' is no text or stands twice.");
    }

    /// <exception cref="ArtefactRefusedException">A value is no tensor.</exception>
    public IReadOnlyList<(string Name, PickleTensor Tensor)> Tensors() =>
    [
        .. entries.Select(entry => entry.Value is PickleTensor tensor
            ? (entry.Key, tensor)
            : throw new ArtefactRefusedException($"model.pth: '{entry.Key}' is no plain tensor.")),
    ];
}
