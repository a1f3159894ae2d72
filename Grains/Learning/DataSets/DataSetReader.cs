using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Hts.DataSets;

/// <summary>Reads a data set file and believes nothing: structure, sizes and every value are checked before a row counts.</summary>
internal static class DataSetReader
{
    public static Task<DataSet> Read(string path, CancellationToken cancellation) => Read(path, int.MaxValue, null, cancellation);

    /// <summary>Reads the newest rows, whole instants, however long the history is: memory follows what is kept, not the file.</summary>
    /// <param name="maxRows">Most rows to keep; one instant is kept even when it has more.</param>
    /// <param name="opened">Called once the file is open and its structure known, before rows are read.</param>
    /// <exception cref="DataSetException">The file is damaged, made for something else, or holds a row that breaks a rule.</exception>
    public static async Task<DataSet> Read(string path, int maxRows, Action? opened, CancellationToken cancellation)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellation);
            var data = new DataSet(ReadHeader(path, reader));
            var fields = FieldsOf(path, reader);
            opened?.Invoke();
            var fromTs = await NewestFrom(path, reader, fields, maxRows, cancellation);
            for (long row = 0, g = 0; g < reader.RowGroupCount; g++)
            {
                using var group = reader.OpenRowGroupReader((int)g);
                await ReadGroup(path, group, fields, data, row, fromTs, cancellation);
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

    /// <summary>The first instant of the newest rows; symbols follow each other in a file, so all instants are looked at.</summary>
    private static async Task<long> NewestFrom(
        string path, ParquetReader reader, DataField[] fields, int maxRows, CancellationToken cancellation)
    {
        SortedDictionary<long, long> rowsAt = [];
        long rows = 0;
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            rows += group.RowCount;
        }
        if (rows <= maxRows)
            return long.MinValue;
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            foreach (var ts in await ReadColumn<long>(path, group, fields[1], 0, cancellation))
                rowsAt[ts] = rowsAt.GetValueOrDefault(ts) + 1;
        }
        foreach (var (ts, count) in rowsAt)
        {
            if (rows <= maxRows)
                return ts;
            rows -= count;
        }
        return rowsAt.Keys.Last();
    }

    private static async Task ReadGroup(
        string path, ParquetRowGroupReader group, DataField[] fields, DataSet data, long firstRow, long fromTs, CancellationToken cancellation)
    {
        var baseTs = await ReadColumn<long>(path, group, fields[1], firstRow, cancellation);
        var count = baseTs.Length;
        if (!Array.Exists(baseTs, ts => ts >= fromTs))
        {
            data.OlderRows += count;
            return;
        }
        var header = data.Header;
        var (features, strategies, active) = (header.FeatureCount, header.StrategyCount, header.ActiveCount);
        var symbols = new string[count];
        await group.ReadAsync(fields[0], symbols, null, cancellation);
        var sigma = await ReadColumn<double>(path, group, fields[2], firstRow, cancellation);
        var allFeatures = await ReadLists<float>(path, group, fields[3], count, features, firstRow, cancellation);
        var standing = Array.ConvertAll(
            await ReadLists<int>(path, group, fields[4], count, active, firstRow, cancellation), s => (sbyte)Math.Clamp(s, -100, 100));
        var gross = await ReadLists<double>(path, group, fields[5], count, strategies, firstRow, cancellation);
        var sides = await ReadLists<int>(path, group, fields[6], count, strategies, firstRow, cancellation);
        for (var i = 0; i < count; i++)
        {
            if (baseTs[i] < fromTs)
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
