using Hts.Forecasts;

namespace Hts.Artefacts;

/// <summary>The tensors of a file, taken off one by one by name, type and shape; what is left over is a fault.</summary>
internal sealed class TensorShelf(IReadOnlyDictionary<string, NamedTensor> tensors)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public float[] Singles(string name, params int[] shape) => Take(name, NamedTensor.SingleType, shape).Singles;

    public double[] Doubles(string name, params int[] shape) => Take(name, NamedTensor.DoubleType, shape).Doubles;

    public int[] Integers(string name, params int[] shape) => Take(name, NamedTensor.IntegerType, shape).Integers;

    /// <summary>A row of integers whose length only the file knows; the caller bounds it.</summary>
    public int[] IntegersOfAnyLength(string name) =>
        Integers(name, tensors.TryGetValue(name, out var tensor) && tensor.Shape.Length == 1 ? tensor.Length : 1);

    /// <exception cref="ArtefactRefusedException">A tensor was not taken.</exception>
    public void ExpectEmpty()
    {
        if (tensors.Keys.FirstOrDefault(name => !taken.Contains(name)) is { } name)
            throw new ArtefactRefusedException($"model.safetensors: '{name}' belongs to no member.");
    }

    private NamedTensor Take(string name, string type, int[] shape)
    {
        if (!tensors.TryGetValue(name, out var tensor))
            throw new ArtefactRefusedException($"model.safetensors: '{name}' is missing.");
        if (tensor.Type != type || !tensor.Shape.AsSpan().SequenceEqual(shape))
            throw new ArtefactRefusedException(
                $"model.safetensors: '{name}' is {tensor.Type} [{string.Join(',', tensor.Shape)}], not {type} [{string.Join(',', shape)}].");
        taken.Add(name);
        return tensor;
    }
}
