using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Hts.DataSets;

/// <summary>Reads a data set file and believes nothing: structure, sizes and every value are checked before a row counts.</summary>
internal static class DataSetReader
{
    public static Task<DataSet> Read(string path, CancellationToken cancellation) => Read(path, int.MaxValue, 0, null, cancellation);

    /// <summary>
    /// Reads the newest rows, whole instants, however long the history is, of a <see cref="SymbolSample"/> where there are too many symbols:
    /// memory follows what is kept, not the file.
    /// </summary>
    /// <param name="maxRows">Most rows to keep.</param>
    /// <param name="leastMs">Newest time that each symbol keeps at least, as far as it has rows of it, ms: others are left out for it.</param>
    /// <param name="opened">Called once the file is open and its structure known, before rows are read.</param>
    /// <exception cref="DataSetException">The file is damaged, made for something else, or holds a row that breaks a rule.</exception>
    public static async Task<DataSet> Read(string path, int maxRows, long leastMs, Action? opened, CancellationToken cancellation)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellation);
            var data = new DataSet(ReadHeader(path, reader));
            var fields = FieldsOf(path, reader);
            opened?.Invoke();
            var (symbols, fromTs) = await Choose(path, reader, fields, data, maxRows, leastMs / data.Header.SlotMs, cancellation);
            for (long row = 0, g = 0; g < reader.RowGroupCount; g++)
            {
                using var group = reader.OpenRowGroupReader((int)g);
                await ReadGroup(path, group, fields, data, row, symbols, fromTs, cancellation);
                row += group.RowCount;
            }
            return data;
        }
        catch (Exception e) when (e is not (DataSetException or OperationCanceledException or FileNotFoundException or DirectoryNotFoundException
            or UnauthorizedAccessException or OutOfMemoryException))
        {
            // Whatever a damaged file makes the decoder throw means the same: it is no data set.
            throw new DataSetException(path, null, $"the file is damaged or no Parquet ({e.Message})", e);
        }
    }

    /// <summary>The header alone.</summary>
    /// <exception cref="DataSetException">The file is damaged or made for something else.</exception>
    private static DataSetHeader ReadHeader(string path, ParquetReader reader)
    {
        var metadata = reader.CustomMetadata;
        if (!metadata.TryGetValue(DataSetSchema.VersionKey, out var version) || version != "1")
            throw new DataSetException(path, null, $"format version '{version}' is not {DataSetSchema.FormatVersion}");
        if (!metadata.TryGetValue(DataSetSchema.HeaderKey, out var json))
            throw new DataSetException(path, null, "the header is missing");
        try
        {
            var header = JsonSerializer.Deserialize(json, DataSetJson.Default.DataSetHeader)
                ?? throw new DataSetException(path, null, "the header is empty");
            return header.BrokenRule() is { } rule ? throw new DataSetException(path, null, rule) : header;
        }
        catch (JsonException e)
        {
            throw new DataSetException(path, null, $"the header is not as it must be ({e.Message})", e);
        }
    }

    private static DataField[] FieldsOf(string path, ParquetReader reader)
    {
        var expected = DataSetSchema.Create().DataFields;
        var actual = reader.Schema.DataFields;
        var fits = expected.Length == actual.Length
            && expected.Zip(actual).All(p => p.First.Path.ToString() == p.Second.Path.ToString() && p.First.ClrType == p.Second.ClrType);
        return fits ? actual : throw new DataSetException(
            path, null, $"columns are {string.Join(", ", actual.Select(f => f.Path))}, not {string.Join(", ", expected.Select(f => f.Path))}");
    }

    /// <summary>
    /// The symbols, null for all, and the first instant of the rows to keep; symbols follow each other in a file, so all rows are looked at.
    /// </summary>
    private static async Task<(HashSet<string>? Symbols, long FromTs)> Choose(
        string path, ParquetReader reader, DataField[] fields, DataSet data, int maxRows, long leastSlots, CancellationToken cancellation)
    {
        long rows = 0;
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            rows += group.RowCount;
        }
        if (rows <= maxRows)
            return (null, long.MinValue);
        Dictionary<string, (long Rows, long LastTs)> known = new(StringComparer.Ordinal);
        await ForEach((symbol, ts) =>
        {
            var (count, last) = known.GetValueOrDefault(symbol);
            known[symbol] = (count + 1, Math.Max(last, ts));
        });
        var kept = SymbolSample.Of([.. known.Select(s => (s.Key, s.Value.Rows, s.Value.LastTs))], maxRows, leastSlots);
        data.SymbolsLeftOut = known.Count - kept.Count;
        rows = kept.Sum(symbol => known[symbol].Rows);
        SortedDictionary<long, long> rowsAt = [];
        await ForEach((symbol, ts) =>
        {
            if (kept.Contains(symbol))
                rowsAt[ts] = rowsAt.GetValueOrDefault(ts) + 1;
        });
        foreach (var (ts, count) in rowsAt)
        {
            if (rows <= maxRows)
                return (kept, ts);
            rows -= count;
        }
        return (kept, rowsAt.Keys.Last());

        async Task ForEach(Action<string, long> see)
        {
            for (var g = 0; g < reader.RowGroupCount; g++)
            {
                using var group = reader.OpenRowGroupReader(g);
                var baseTs = await ReadColumn<long>(path, group, fields[1], 0, cancellation);
                var symbols = await ReadSymbols(group, fields[0], cancellation);
                for (var i = 0; i < baseTs.Length; i++)
                    see(symbols[i], baseTs[i]);
            }
        }
    }

    private static async Task ReadGroup(
        string path, ParquetRowGroupReader group, DataField[] fields, DataSet data, long firstRow, HashSet<string>? kept, long fromTs,
        CancellationToken cancellation)
    {
        var baseTs = await ReadColumn<long>(path, group, fields[1], firstRow, cancellation);
        var count = baseTs.Length;
        var symbols = await ReadSymbols(group, fields[0], cancellation);
        if (!Enumerable.Range(0, count).Any(Stays))
        {
            data.OlderRows += count;
            return;
        }
        var header = data.Header;
        var (features, strategies, active) = (header.FeatureCount, header.StrategyCount, header.ActiveCount);
        var sigma = await ReadColumn<double>(path, group, fields[2], firstRow, cancellation);
        var allFeatures = await ReadLists<float>(path, group, fields[3], count, features, firstRow, cancellation);
        var standing = Array.ConvertAll(
            await ReadLists<int>(path, group, fields[4], count, active, firstRow, cancellation), s => (sbyte)Math.Clamp(s, -100, 100));
        var gross = await ReadLists<double>(path, group, fields[5], count, strategies, firstRow, cancellation);
        var sides = await ReadLists<int>(path, group, fields[6], count, strategies, firstRow, cancellation);
        for (var i = 0; i < count; i++)
        {
            if (!Stays(i))
            {
                data.OlderRows++;
                continue;
            }
            var row = allFeatures.AsSpan(i * features, features);
            var states = standing.AsSpan(i * active, active);
            var returns = gross.AsSpan(i * strategies, strategies);
            var fills = sides.AsSpan(i * strategies, strategies);
            if (DataSetRow.BrokenRule(header, active, symbols[i], baseTs[i], row, sigma[i], states, returns, fills) is { } rule)
                throw new DataSetException(path, firstRow + i, rule);
            data.Add(symbols[i], baseTs[i], row, sigma[i], states, returns, fills);
        }

        bool Stays(int i) => baseTs[i] >= fromTs && kept?.Contains(symbols[i]) != false;
    }

    private static async Task<string[]> ReadSymbols(ParquetRowGroupReader group, DataField field, CancellationToken cancellation)
    {
        var symbols = new string[group.RowCount];
        await group.ReadAsync(field, symbols, null, cancellation);
        return symbols;
    }

    private static async Task<T[]> ReadColumn<T>(
        string path, ParquetRowGroupReader group, DataField field, long firstRow, CancellationToken cancellation)
        where T : struct
    {
        if (group.RowCount is < 0 or > DataSetSchema.MaxGroupRows)
            throw new DataSetException(path, firstRow, $"a row group of {group.RowCount} rows; at most {DataSetSchema.MaxGroupRows} are allowed");
        var values = new T[group.RowCount];
        await group.ReadAsync<T>(field, values, null, cancellation);
        return values;
    }

    private static async Task<T[]> ReadLists<T>(
        string path, ParquetRowGroupReader group, DataField field, int rows, int length, long firstRow, CancellationToken cancellation)
        where T : struct
    {
        var name = field.Path.FirstPart;
        var chunk = group.GetMetadata(field) ?? throw new DataSetException(path, firstRow, $"'{name}' has no column in a row group");
        var values = chunk.MetaData?.NumValues ?? -1;
        if (values != (long)rows * length)
            throw new DataSetException(path, firstRow, $"'{name}' has {values} values in a group of {rows} rows, {length} a row are needed");
        var all = new T[rows * length];
        var definitions = new int[all.Length];
        var repetitions = new int[all.Length];
        await group.ReadRawAsync<T>(field, all, definitions, repetitions, cancellation);
        for (var i = 0; i < all.Length; i++)
        {
            if (definitions[i] != field.MaxDefinitionLevel)
                throw new DataSetException(path, firstRow + (i / Math.Max(1, length)), $"'{name}' has a missing value");
            if ((repetitions[i] == 0) != (i % length == 0))
                throw new DataSetException(path, firstRow + (i / length), $"'{name}' does not have {length} values");
        }
        return all;
    }
}
