using System.Text.Json;
using Hts.Objects;

namespace Hts.Drift;

/// <summary>
/// Days that are over, in object storage: one object for each thing watched, with the latest days alone. Silos add their parts of a day to
/// it, so what is read back is the cluster's day.
/// </summary>
public sealed class DriftArchive(IObjectStore objects)
{
    private const long MaxBytes = 64L << 20;
    private const int Tries = 8;

    /// <summary>Days, oldest first; none when there is nothing of these channels.</summary>
    /// <param name="watched">What is watched.</param>
    /// <param name="channels">Names the channels' meaning: days of another meaning are not given.</param>
    /// <param name="count">Number of channels.</param>
    /// <exception cref="ObjectStoreException">The store does not answer.</exception>
    public async Task<IReadOnlyList<DriftDay>> Read(string watched, string channels, int count, CancellationToken cancellation) =>
        Days((await Load(watched, channels, count, cancellation)).Document);

    /// <summary>Adds a part of a day, once however often it is called, and lets the oldest days beyond <paramref name="kept"/> go.</summary>
    /// <param name="part">Name of the part, of its own for each silo and day.</param>
    /// <returns>The days as they stand now, oldest first.</returns>
    /// <exception cref="ObjectStoreException">The store does not answer.</exception>
    public async Task<IReadOnlyList<DriftDay>> Add(
        string watched, string channels, DriftDay day, string part, int kept, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (document, etag) = await Load(watched, channels, day.Sketches.Count, cancellation);
            if (document.Days.Any(d => d.Parts.Contains(part)))
                return Days(document);
            var next = document with { Days = [.. With(document.Days, day, part).OrderBy(d => d.DayTs).TakeLast(kept)] };
            var condition = etag is null ? PutCondition.IfAbsent : PutCondition.IfMatch(etag);
            try
            {
                await objects.Put(KeyOf(watched), JsonSerializer.SerializeToUtf8Bytes(next, DriftJson.Default.DriftDocument), condition, cancellation);
                return Days(next);
            }
            catch (ObjectConflictException) when (attempt < Tries)
            {
                // Another silo added its part meanwhile.
            }
        }
    }

    private static string KeyOf(string watched) => $"drift/{watched}.json";

    private static IEnumerable<DriftDayDocument> With(IReadOnlyList<DriftDayDocument> days, DriftDay day, string part)
    {
        var whole = new DriftDay(day.DayTs, day.Sketches.Count);
        whole.Merge(day);
        string[] parts = [part];
        if (days.FirstOrDefault(d => d.DayTs == day.DayTs) is { } known)
        {
            whole.Merge(DayOf(known));
            parts = [.. known.Parts, part];
        }
        return [.. days.Where(d => d.DayTs != day.DayTs), new DriftDayDocument(day.DayTs, parts, [.. whole.Sketches.Select(s => s.Counts.ToArray())])];
    }

    private static DriftDay[] Days(DriftDocument document) => [.. document.Days.Select(DayOf)];

    private static DriftDay DayOf(DriftDayDocument day) => new(day.DayTs, [.. day.Counts.Select(counts => new Sketch(counts))]);

    // What cannot be read or means something else is begun anew: it is a memory of the past, not a truth that must be kept.
    private async Task<(DriftDocument Document, string? ETag)> Load(string watched, string channels, int count, CancellationToken cancellation)
    {
        var stored = await objects.Get(KeyOf(watched), MaxBytes, cancellation);
        return (stored is null ? null : Parse(stored.Content.Span, channels, count)) is { } document
            ? (document, stored!.ETag)
            : (new DriftDocument(channels, []), stored?.ETag);
    }

    private static DriftDocument? Parse(ReadOnlySpan<byte> json, string channels, int count)
    {
        try
        {
            var document = JsonSerializer.Deserialize(json, DriftJson.Default.DriftDocument);
            return document?.Channels == channels && document.Days.All(d => d.Counts.Count == count && d.Counts.All(c => Sketch.AreCounts(c))) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
