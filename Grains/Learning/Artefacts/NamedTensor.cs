namespace Hts.Artefacts;

/// <summary>A named array as it stands in a safetensors file: 32- or 64-bit floats, row after row.</summary>
internal sealed class NamedTensor
{
    private readonly float[]? singles;
    private readonly double[]? doubles;

    public NamedTensor(string name, int[] shape, float[] values)
        : this(name, shape, values.Length) => singles = values;

    public NamedTensor(string name, int[] shape, double[] values)
        : this(name, shape, values.Length) => doubles = values;

    private NamedTensor(string name, int[] shape, int length)
    {
        if (shape.Aggregate(1L, (product, d) => product * d) != length)
            throw new ArgumentException($"'{name}' of shape [{string.Join(',', shape)}] does not have {length} values.", nameof(shape));
        Name = name;
        Shape = shape;
        Length = length;
    }

    public string Name { get; }

    public int[] Shape { get; }

    public int Length { get; }

    public bool IsDouble => doubles is not null;

    /// <exception cref="InvalidOperationException">The values are 64-bit.</exception>
    public float[] Singles => singles ?? throw new InvalidOperationException($"'{Name}' holds 64-bit values.");

    /// <exception cref="InvalidOperationException">The values are 32-bit.</exception>
    public double[] Doubles => doubles ?? throw new InvalidOperationException($"'{Name}' holds 32-bit values.");

    public bool AllFinite => singles is not null ? Array.TrueForAll(singles, float.IsFinite) : Array.TrueForAll(Doubles, double.IsFinite);
}
