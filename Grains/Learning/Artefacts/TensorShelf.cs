using Hts.Forecasts;

namespace Hts.Artefacts;

/// <summary>The tensors of a file, taken off one by one by name, type and shape; what is left over is a fault.</summary>
internal sealed class TensorShelf(IReadOnlyDictionary<string, NamedTensor> tensors)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public float[] Singles(string name, params int[] shape) => Take(name, isDouble: false, shape).Singles;

    public double[] Doubles(string name, params int[] shape) => Take(name, isDouble: true, shape).Doubles;

    /// <exception cref="ArtefactRefusedException">A tensor was not taken.</exception>
    public void ExpectEmpty()
    {
        if (tensors.Keys.FirstOrDefault(name => !taken.Contains(name)) is { } name)
            throw new ArtefactRefusedException($"model.safetensors: '{name}' belongs to no member.");
    }

    private NamedTensor Take(string name, bool isDouble, int[] shape)
    {
        if (!tensors.TryGetValue(name, out var tensor))
            throw new ArtefactRefusedException($"model.safetensors: '{name}' is missing.");
        if (tensor.IsDouble != isDouble || !tensor.Shape.AsSpan().SequenceEqual(shape))
            throw new ArtefactRefusedException(
                $"model.safetensors: '{name}' is {(tensor.IsDouble ? "F64" : "F32")} [{string.Join(',', tensor.Shape)}], not {(isDouble ? "F64" : "F32")} [{string.Join(',', shape)}].");
        taken.Add(name);
        return tensor;
    }
}
