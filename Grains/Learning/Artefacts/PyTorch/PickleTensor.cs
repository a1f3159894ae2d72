using Hts.Forecasts;

namespace Hts.Artefacts.PyTorch;

/// <summary>A view into a storage; offset and strides count numbers, not bytes.</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, int[] Size, long[] Stride)
{
    private const int MaxDimensions = 8;

    /// <summary>Product of the sizes.</summary>
    public long Elements => Size.Aggregate(1L, (product, size) => product * size);

    /// <exception cref="ArtefactRefusedException">The view reaches beyond its storage.</exception>
    public static PickleTensor Of(PickleStorage storage, long offset, long[] size, long[] stride)
    {
        if (size.Length != stride.Length || size.Length > MaxDimensions)
            throw new ArtefactRefusedException($"model.pth: a tensor of {size.Length} sizes and {stride.Length} strides.");
        var (last, elements) = ((Int128)offset, (Int128)1);
        for (var d = 0; d < size.Length; d++)
        {
            if (size[d] is < 1 or > int.MaxValue || stride[d] < 0)
                throw new ArtefactRefusedException($"model.pth: a tensor of size {size[d]} and stride {stride[d]} in one dimension.");
            last += (Int128)(size[d] - 1) * stride[d];
            elements *= size[d];
            if (elements > int.MaxValue)
                throw new ArtefactRefusedException("model.pth: a tensor of more than 2,147,483,647 numbers.");
        }
        if (offset < 0 || last >= storage.Count)
            throw new ArtefactRefusedException($"model.pth: a tensor that reaches beyond the {storage.Count} numbers of its storage.");
        return new(storage, offset, Array.ConvertAll(size, s => (int)s), stride);
    }
}
