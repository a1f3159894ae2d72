using System.Security.Cryptography;
using System.Text.Json;

namespace Hts.Models;

/// <summary>What stood in the pointer when it was read.</summary>
/// <param name="Digest">SHA-256 of its bytes, hex; <see cref="Absent"/> when there was none.</param>
/// <param name="Native">As this program writes it; null when it is not of that form.</param>
/// <param name="Foreign">In any form with an address; null when it has none.</param>
/// <param name="Problem">Why it names no model; null when it does.</param>
internal sealed record PointerContent(string Digest, PointerDocument? Native, ForeignPointer? Foreign, string? Problem)
{
    public const string Absent = "absent";

    public static PointerContent None(string key) => new(Absent, null, null, $"{key} is gone");

    public static PointerContent Of(string key, ReadOnlySpan<byte> content)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        try
        {
            var foreign = JsonSerializer.Deserialize(content, PointerJson.Default.ForeignPointer)?.Cleaned();
            return foreign?.Uri is null
                ? new PointerContent(digest, null, null, $"{key} has neither model_uri nor artifact_uri")
                : new PointerContent(digest, TryNative(content), foreign, null);
        }
        catch (JsonException e)
        {
            return new PointerContent(digest, null, null, $"{key} is not a valid pointer: {e.Message}");
        }
    }

    /// <summary>True when a record was made from this pointer: it is the same document, or names this one.</summary>
    public bool Made(PointerDocument record) => record.Pointer is { } digest ? digest == Digest : record == Native;

    private static PointerDocument? TryNative(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, PointerJson.Default.PointerDocument) is { Pointer: null } native ? native : null;
        }
        catch (JsonException)
        {
            // Of another writer's form.
            return null;
        }
    }
}
