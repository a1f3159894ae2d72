using System.Buffers.Binary;

namespace Hts.Artefacts.PyTorch;

/// <summary>Gathers the numbers of a tensor, whatever their type and order in the storage.</summary>
internal static class StorageReader
{
    /// <summary>The numbers row after row. Whole numbers beyond 2^53 lose their last digits.</summary>
    public static double[] Read(PickleTensor tensor, StateDictArchive archive)
    {
        var width = Width(tensor.Storage.Type);
        var bytes = archive.Storage(tensor.Storage.Key, tensor.Storage.Count * width);
        var values = new double[tensor.Elements];
        var place = new int[tensor.Size.Length];
        var at = tensor.Offset;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Number(bytes.AsSpan((int)(at * width), width), tensor.Storage.Type);
            // Like an odometer: the last place moves fastest, a full one goes back to nought.
            for (var d = place.Length - 1; d >= 0; d--)
            {
                at += tensor.Stride[d];
                if (++place[d] < tensor.Size[d])
                    break;
                at -= tensor.Stride[d] * place[d];
                place[d] = 0;
            }
        }
        return values;
    }

    private static int Width(StorageType type) => type switch
    {
        StorageType.Double or StorageType.Long => 8,
        StorageType.Float => 4,
        _ => 2,
    };

    private static double Number(ReadOnlySpan<byte> bytes, StorageType type) => type switch
    {
        StorageType.Float => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        StorageType.Double => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        StorageType.Half => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        // The upper half of a 32-bit float.
        StorageType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(bytes) << 16),
        _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
    };
}
