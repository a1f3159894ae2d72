using System.Text.Json;
using Hts.Bars;

namespace Hts.Imports;

/// <summary>
/// What was imported before, one line of JSON each, in the data folder. It only saves work: an entry is believed when the database still
/// holds as many bars of its time, so it may be lost, torn by a crash, or be of another database, and nothing is wrong then.
/// </summary>
internal sealed class ImportJournal
{
    public const string FileName = "imports.jsonl";

    private readonly string path;
    private readonly Dictionary<string, ImportedPart> known = new(StringComparer.Ordinal);

    private ImportJournal(string path) => this.path = path;

    public static ImportJournal Open(string folder)
    {
        var journal = new ImportJournal(Path.Combine(folder, FileName));
        if (!File.Exists(journal.path))
            return journal;
        foreach (var line in File.ReadLines(journal.path))
        {
            try
            {
                if (JsonSerializer.Deserialize(line, ImportJson.Default.ImportedPart) is { Key: not null, Spans: not null } part)
                    journal.known[part.Key] = part;
            }
            catch (JsonException)
            {
                // Cut off by a crash: its work is done again.
            }
        }
        return journal;
    }

    /// <summary>What is known under a key and still in the database; null when there is nothing.</summary>
    public async Task<ImportedPart?> Find(string key, IBarStore bars, CancellationToken cancellation)
    {
        if (!known.TryGetValue(key, out var part))
            return null;
        foreach (var span in part.Spans)
        {
            long stored = 0;
            await foreach (var bar in bars.Stream(span.Symbol, span.FromTs, span.ToTs, cancellation))
                stored++;
            if (stored < span.Bars)
                return null;
        }
        return part;
    }

    public void Add(ImportedPart part)
    {
        known[part.Key] = part;
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        // One write a line, begun on a new line in case the one before is torn.
        file.Write([(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(part, ImportJson.Default.ImportedPart), (byte)'\n']);
    }
}
