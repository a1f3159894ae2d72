namespace Hts.Artefacts.PyTorch;

/// <summary>A run of numbers in the archive.</summary>
/// <param name="Type">What its numbers are.</param>
/// <param name="Key">Its member's number.</param>
/// <param name="Count">Numbers in it.</param>
internal sealed record PickleStorage(StorageType Type, string Key, long Count)
{
    private const int MaxKeyDigits = 9;

    public static bool IsKey(ReadOnlySpan<char> key) => key.Length is > 0 and <= MaxKeyDigits && !key.ContainsAnyExceptInRange('0', '9');
}
