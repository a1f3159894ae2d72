using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Hts.DataSets;

/// <summary>Reads a data set file and believes nothing: structure, sizes and every value are checked before a row counts.</summary>
internal static class DataSetReader
{
    /// <exception cref="DataSetException">The file is damaged, made for something else, or holds a row that breaks a rule.</exception>
    public static async Task<DataSet> Read(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellation);
            var data = new DataSet(ReadHeader(path, reader));
            var fields = FieldsOf(path, reader);
            for (var g = 0; g < reader.RowGroupCount; g++)
            {
                using var group = reader.OpenRowGroupReader(g);
                await ReadGroup(path, group, fields, data, cancellation);
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

    private static async Task ReadGroup(
        string path, ParquetRowGroupReader group, DataField[] fields, DataSet data, CancellationToken cancellation)
    {
        if (group.RowCount is < 0 or > DataSetSchema.MaxGroupRows)
            throw new DataSetException(path, data.Count, $"a row group of {group.RowCount} rows; at most {DataSetSchema.MaxGroupRows} are allowed");
        var count = (int)group.RowCount;
        var header = data.Header;
        var activeCount = header.ActiveCount;
        var symbols = new string[count];
        var baseTs = new long[count];
        var sigma = new double[count];
        await group.ReadAsync(fields[0], symbols, null, cancellation);
        await group.ReadAsync<long>(fields[1], baseTs, null, cancellation);
        await group.ReadAsync<double>(fields[2], sigma, null, cancellation);
        var features = await ReadLists<float>(path, group, fields[3], count, header.FeatureCount, data.Count, cancellation);
        var standing = await ReadLists<int>(path, group, fields[4], count, activeCount, data.Count, cancellation);
        var gross = await ReadLists<double>(path, group, fields[5], count, header.StrategyCount, data.Count, cancellation);
        var sides = await ReadLists<int>(path, group, fields[6], count, header.StrategyCount, data.Count, cancellation);
        for (var i = 0; i < count; i++)
        {
            var row = new DataSetRow(
                symbols[i],
                baseTs[i],
                features[(i * header.FeatureCount)..((i + 1) * header.FeatureCount)],
                sigma[i],
                Array.ConvertAll(standing[(i * activeCount)..((i + 1) * activeCount)], s => (sbyte)Math.Clamp(s, -100, 100)),
                gross[(i * header.StrategyCount)..((i + 1) * header.StrategyCount)],
                sides[(i * header.StrategyCount)..((i + 1) * header.StrategyCount)]);
            if (row.BrokenRule(header, activeCount) is { } rule)
                throw new DataSetException(path, data.Count, rule);
            data.Add(row.Symbol, row.BaseTs, row.Features, row.SigmaSlot, row.Standing, row.Gross, row.Sides);
        }
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
