namespace Hts.Artefacts;

/// <summary>A named array as it stands in a safetensors file: 32- or 64-bit floats or 32-bit integers, row after row.</summary>
internal sealed class NamedTensor
{
    public const string SingleType = "F32";
    public const string DoubleType = "F64";
    public const string IntegerType = "I32";

    private readonly float[]? singles;
    private readonly double[]? doubles;
    private readonly int[]? integers;

    public NamedTensor(string name, int[] shape, float[] values)
        : this(name, shape, values.Length) => singles = values;

    public NamedTensor(string name, int[] shape, double[] values)
        : this(name, shape, values.Length) => doubles = values;

    public NamedTensor(string name, int[] shape, int[] values)
        : this(name, shape, values.Length) => integers = values;

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

    /// <summary>The type's name in the format.</summary>
    public string Type => singles is not null ? SingleType : doubles is not null ? DoubleType : IntegerType;

    /// <exception cref="InvalidOperationException">The values are of another type.</exception>
    public float[] Singles => singles ?? throw Other();

    /// <exception cref="InvalidOperationException">The values are of another type.</exception>
    public double[] Doubles => doubles ?? throw Other();

    /// <exception cref="InvalidOperationException">The values are of another type.</exception>
    public int[] Integers => integers ?? throw Other();

    public bool AllFinite =>
        (singles is null || Array.TrueForAll(singles, float.IsFinite)) && (doubles is null || Array.TrueForAll(doubles, double.IsFinite));

    private InvalidOperationException Other() => new($"'{Name}' holds values of type {Type}.");
}
