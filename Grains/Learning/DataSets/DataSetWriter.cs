using System.IO.Compression;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Hts.DataSets;

/// <summary>
/// Writes a data set to Parquet row group by row group, so memory stays bounded however long it gets. The file appears under its name
/// only when it is complete: until <see cref="Complete"/> it is a temporary beside it, and disposing without that removes it.
/// </summary>
public sealed class DataSetWriter : IRowSink, IAsyncDisposable
{
    private readonly string path;
    private readonly FileStream file;
    private readonly ParquetWriter writer;
    private readonly ParquetSchema schema;
    private readonly int activeCount;
    private readonly int groupRows;
    private readonly List<DataSetRow> group = [];
    private bool completed;

    private DataSetWriter(string path, DataSetHeader header, FileStream file, ParquetWriter writer, ParquetSchema schema, int groupRows)
    {
        this.path = path;
        this.file = file;
        this.writer = writer;
        this.schema = schema;
        this.groupRows = groupRows;
        Header = header;
        activeCount = header.ActiveCount;
    }

    public DataSetHeader Header { get; }

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <param name="groupRows">Rows of a row group, at most 20,000.</param>
    /// <exception cref="DataSetException">The header breaks a rule.</exception>
    public static async Task<DataSetWriter> Create(string path, DataSetHeader header, CancellationToken cancellation, int groupRows = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groupRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(groupRows, DataSetSchema.MaxGroupRows);
        if (header.BrokenRule() is { } rule)
            throw new DataSetException(path, null, rule);
        var schema = DataSetSchema.Create();
        var file = new FileStream(Temporary(path), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };
        var writer = await ParquetWriter.CreateAsync(schema, file, options, cancellationToken: cancellation);
        writer.CustomMetadata = new Dictionary<string, string>
        {
            [DataSetSchema.VersionKey] = DataSetSchema.FormatVersion.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [DataSetSchema.HeaderKey] = JsonSerializer.Serialize(header, DataSetJson.Default.DataSetHeader),
        };
        return new DataSetWriter(path, header, file, writer, schema, groupRows);
    }

    /// <summary>Adds a row; it must not change afterwards.</summary>
    /// <exception cref="DataSetException">The row breaks a rule; it was not added.</exception>
    public async ValueTask Write(DataSetRow row, CancellationToken cancellation)
    {
        if (row.BrokenRule(Header, activeCount) is { } rule)
            throw new DataSetException(path, Rows, rule);
        group.Add(row);
        Rows++;
        if (group.Count == groupRows)
            await Flush(cancellation);
    }

    /// <summary>Writes what is left and puts the file in its place.</summary>
    public async Task Complete(CancellationToken cancellation)
    {
        if (group.Count > 0)
            await Flush(cancellation);
        await writer.DisposeAsync();
        file.Flush(flushToDisk: true);
        await file.DisposeAsync();
        File.Move(Temporary(path), path, overwrite: true);
        completed = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (completed)
            return;
        completed = true;
        await writer.DisposeAsync();
        await file.DisposeAsync();
        File.Delete(Temporary(path));
    }

    private static string Temporary(string path) => path + ".tmp";

    private async Task Flush(CancellationToken cancellation)
    {
        using var rows = writer.CreateRowGroup();
        var fields = schema.DataFields;
        await rows.WriteAsync(fields[0], [.. group.Select(r => r.Symbol)]);
        await rows.WriteAsync<long>(fields[1], group.Select(r => r.BaseTs).ToArray(), cancellationToken: cancellation);
        await rows.WriteAsync<double>(fields[2], group.Select(r => r.SigmaSlot).ToArray(), cancellationToken: cancellation);
        await WriteLists(rows, fields[3], Header.FeatureCount, r => r.Features, cancellation);
        await WriteLists(rows, fields[4], activeCount, r => Array.ConvertAll(r.Standing, s => (int)s), cancellation);
        await WriteLists(rows, fields[5], Header.StrategyCount, r => r.Gross, cancellation);
        await WriteLists(rows, fields[6], Header.StrategyCount, r => r.Sides, cancellation);
        rows.CompleteValidate();
        group.Clear();
    }

    private async Task WriteLists<T>(
        ParquetRowGroupWriter rows, DataField field, int length, Func<DataSetRow, T[]> values, CancellationToken cancellation)
        where T : struct
    {
        var all = new T[group.Count * length];
        var definitions = new int[all.Length];
        var repetitions = new int[all.Length];
        // Every list is there and of one length: each value is fully defined, and all but a list's first one continue it.
        Array.Fill(definitions, field.MaxDefinitionLevel);
        Array.Fill(repetitions, field.MaxRepetitionLevel);
        for (var i = 0; i < group.Count; i++)
        {
            values(group[i]).CopyTo(all, i * length);
            if (length > 0)
                repetitions[i * length] = 0;
        }
        await rows.WriteAllPartsAsync<T>(field, all, definitions, repetitions, cancellation);
    }
}
