using System.Globalization;
using System.Text.Json;
using Hts.Objects;

namespace Hts.Models;

/// <summary>
/// The pointer and its history in object storage. model/latest.json is the truth and moves by compare-and-swap only;
/// model/epochs/&lt;n&gt;.json is written once for each epoch, at the latest before the next one is made. A pointer that another writer
/// left, without a number or with one that is taken, gets its epoch by that record. Not for use by two callers at once.
/// </summary>
public sealed class EpochHistory(IObjectStore objects, ObjectLayout layout)
{
    /// <summary>Holds its number and leads nowhere.</summary>
    private static readonly PointerDocument Unreadable = new(
        "", "", "", DateTimeOffset.UnixEpoch, "", 0, DateTimeOffset.UnixEpoch, "", "the record cannot be read", "", "unreadable");

    private string? etag;
    private PointerDocument? newest;

    /// <summary>The newest epoch that is recorded or that the pointer makes; null when there is none. Remembers the pointer's version for the next move.</summary>
    public async Task<EpochMessage?> ReadLatest(CancellationToken cancellation)
    {
        var pointer = await ReadPointer(cancellation);
        await FollowRecords(cancellation);
        if (pointer.Native is { } native && native.Epoch == (newest?.Epoch ?? 0) + 1)
            await Record(native.ToEpoch(), pointer, cancellation);
        return newest?.ToEpoch();
    }

    /// <summary>Null when there is no record of that number.</summary>
    public async Task<EpochMessage?> Read(long number, CancellationToken cancellation) => (await ReadRecord(number, cancellation))?.ToEpoch();

    /// <summary>Digest of the pointer that <see cref="Move"/> writes.</summary>
    internal static string DigestOf(EpochMessage epoch) => PointerContent.Of("", Bytes(PointerDocument.Of(epoch))).Digest;

    /// <summary>Moves the pointer from the version last read. Answers the epoch as it is recorded.</summary>
    /// <remarks>
    /// The number is another one than asked for when meanwhile another registry has recorded a foreign pointer under it.
    /// </remarks>
    /// <exception cref="ObjectConflictException">Another writer moved it first; nothing changed.</exception>
    public async Task<EpochMessage> Move(EpochMessage epoch, CancellationToken cancellation)
    {
        var condition = etag is null ? PutCondition.IfAbsent : PutCondition.IfMatch(etag);
        var content = Bytes(PointerDocument.Of(epoch));
        etag = await objects.Put(layout.Pointer, content, condition, cancellation);
        return await Record(epoch, PointerContent.Of(layout.Pointer, content), cancellation);
    }

    /// <summary>The number of the newest record that is known; 0 when there is none.</summary>
    internal long NewestNumber => newest?.Epoch ?? 0;

    /// <summary>Reads the pointer and remembers its version for the next move.</summary>
    internal async Task<PointerContent> ReadPointer(CancellationToken cancellation)
    {
        var stored = await objects.Get(layout.Pointer, cancellation);
        etag = stored?.ETag;
        return stored is null ? PointerContent.None(layout.Pointer) : PointerContent.Of(layout.Pointer, stored.Content.Span);
    }

    /// <summary>Looks for records that others have written.</summary>
    /// <returns>The newest one, when it was made from the pointer.</returns>
    internal async Task<EpochMessage?> FindMade(PointerContent pointer, CancellationToken cancellation)
    {
        await FollowRecords(cancellation);
        return newest is not null && pointer.Made(newest) ? newest.ToEpoch() : null;
    }

    /// <summary>Records the epoch that a pointer makes, under the number it asks for or the next free one. Answers the record that stands.</summary>
    internal async Task<EpochMessage> Record(EpochMessage epoch, PointerContent pointer, CancellationToken cancellation)
    {
        // One by one: another registry may just now have made the record of this pointer under any number that follows.
        for (var number = epoch.Number; ; number++)
        {
            var record = pointer.Native is { } native && (native.Epoch, native.Version, native.Sha256) == (number, epoch.Version, epoch.Sha256)
                ? native
                : PointerDocument.Of(epoch with { Number = number }) with { Pointer = pointer.Digest };
            if (await TryPut(record, cancellation))
            {
                newest = record;
                return record.ToEpoch();
            }
            if (await ReadRecord(number, cancellation) is { } standing && pointer.Made(standing))
            {
                newest = standing.Epoch >= NewestNumber ? standing : newest;
                return standing.ToEpoch();
            }
        }
    }

    /// <summary>Writes a record again that was lost with a restored store; one that is there stays as it is.</summary>
    internal Task Restore(EpochMessage epoch, CancellationToken cancellation) => TryPut(PointerDocument.Of(epoch), cancellation);

    private async Task<bool> TryPut(PointerDocument record, CancellationToken cancellation)
    {
        try
        {
            await objects.Put(layout.Epoch(record.Epoch), Bytes(record), PutCondition.IfAbsent, cancellation);
            return true;
        }
        catch (ObjectConflictException)
        {
            // Written before: records never change.
            return false;
        }
    }

    private async Task FollowRecords(CancellationToken cancellation)
    {
        if (newest is null && await HighestNumber(cancellation) is var highest and > 0)
            newest = await ReadRecord(highest, cancellation);
        while (await ReadRecord(NewestNumber + 1, cancellation) is { } next)
            newest = next;
    }

    private async Task<long> HighestNumber(CancellationToken cancellation)
    {
        const string End = ".json";
        long highest = 0;
        await foreach (var found in objects.List(layout.Epochs, cancellation))
        {
            var name = found.Key[layout.Epochs.Length..];
            if (name.EndsWith(End, StringComparison.Ordinal)
                && long.TryParse(name.AsSpan(0, name.Length - End.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                highest = Math.Max(highest, number);
        }
        return highest;
    }

    private async Task<PointerDocument?> ReadRecord(long number, CancellationToken cancellation)
    {
        var key = layout.Epoch(number);
        if (await objects.Get(key, cancellation) is not { } stored)
            return null;
        try
        {
            if (JsonSerializer.Deserialize(stored.Content.Span, PointerJson.Default.PointerDocument) is { } record)
                return record with { Epoch = number };
        }
        catch (JsonException)
        {
            // Somebody overwrote what is written once.
        }
        return Unreadable with { Epoch = number };
    }

    private static byte[] Bytes(PointerDocument document) => JsonSerializer.SerializeToUtf8Bytes(document, PointerJson.Default.PointerDocument);
}
