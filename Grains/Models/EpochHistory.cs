using System.Text.Json;
using Hts.Objects;

namespace Hts.Models;

/// <summary>
/// The pointer and its history in object storage. model/latest.json is the truth and moves by compare-and-swap only;
/// model/epochs/&lt;n&gt;.json is written once for each epoch, at the latest before the next one is made.
/// </summary>
public sealed class EpochHistory(IObjectStore objects, ObjectLayout layout)
{
    private string? etag;

    /// <summary>The newest epoch; null when no model was ever promoted. Remembers the version read for the next move.</summary>
    public async Task<EpochMessage?> ReadLatest(CancellationToken cancellation)
    {
        var stored = await objects.Get(layout.Pointer, cancellation);
        etag = stored?.ETag;
        if (stored is null)
            return null;
        var epoch = Parse(layout.Pointer, stored.Content.Span);
        await KeepRecord(epoch, cancellation);
        return epoch;
    }

    /// <summary>Null when there is no record of that number.</summary>
    public async Task<EpochMessage?> Read(long number, CancellationToken cancellation)
    {
        var key = layout.Epoch(number);
        var stored = await objects.Get(key, cancellation);
        return stored is null ? null : Parse(key, stored.Content.Span);
    }

    /// <summary>Moves the pointer from the version last read.</summary>
    /// <exception cref="ObjectConflictException">Another writer moved it first; nothing changed.</exception>
    public async Task Move(EpochMessage epoch, CancellationToken cancellation)
    {
        var condition = etag is null ? PutCondition.IfAbsent : PutCondition.IfMatch(etag);
        etag = await objects.Put(layout.Pointer, Bytes(epoch), condition, cancellation);
        await KeepRecord(epoch, cancellation);
    }

    private async Task KeepRecord(EpochMessage epoch, CancellationToken cancellation)
    {
        try
        {
            await objects.Put(layout.Epoch(epoch.Number), Bytes(epoch), PutCondition.IfAbsent, cancellation);
        }
        catch (ObjectConflictException)
        {
            // Written before: records never change.
        }
    }

    private static byte[] Bytes(EpochMessage epoch) =>
        JsonSerializer.SerializeToUtf8Bytes(PointerDocument.Of(epoch), PointerJson.Default.PointerDocument);

    private static EpochMessage Parse(string key, ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, PointerJson.Default.PointerDocument)?.ToEpoch()
                ?? throw new InvalidDataException($"{key} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{key} is not a valid pointer: {e.Message}", e);
        }
    }
}
