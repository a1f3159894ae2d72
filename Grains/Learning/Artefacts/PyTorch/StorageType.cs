namespace Hts.Artefacts.PyTorch;

/// <summary>Kinds of numbers a storage may hold.</summary>
internal enum StorageType
{
    Float,
    Double,
    Half,
    BFloat16,
    Long,
}
