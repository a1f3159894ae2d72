using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace Hts.Files;

/// <summary>
/// The rows of a Parquet file as lines, after a header of its columns' names, so that they meet the same rules as csv rows: one row group in
/// memory at a time. Columns with other names than market data has are left out. Timestamps become microseconds since 1970.
/// </summary>
internal sealed class ParquetLines : ILineSource
{
    private const int MostGroupRows = 4_000_000;

    private static readonly HashSet<string> Known = new([.. TradeColumns.Names, .. BarColumns.Names], StringComparer.OrdinalIgnoreCase);

    private readonly FileStream file;
    private readonly ParquetReader reader;
    private readonly DataField[] fields;
    private readonly byte[] buffer = new byte[1 << 12];
    private Array[] columns = [];
    private int groups;
    private int row;
    private int rows;
    private bool headerGiven;

    private ParquetLines(FileStream file, ParquetReader reader)
    {
        this.file = file;
        this.reader = reader;
        fields = [.. reader.Schema.DataFields.Where(field => field.Path.Length == 1 && Known.Contains(field.Name))];
    }

    /// <summary>Number of the row that was read last, from 1.</summary>
    public long Line { get; private set; }

    public long Position => reader.RowGroupCount == 0 ? 0 : file.Length * groups / reader.RowGroupCount;

    /// <exception cref="InvalidDataException">It is no Parquet file.</exception>
    public static ParquetLines Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new ParquetLines(file, Decode(() => ParquetReader.CreateAsync(file, leaveStreamOpen: true).GetAwaiter().GetResult()));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        if (!headerGiven)
        {
            headerGiven = true;
            line = Encoding.UTF8.GetBytes(string.Join(',', fields.Select(field => field.Name)));
            return true;
        }

        line = default;
        while (row == rows)
        {
            if (groups == reader.RowGroupCount)
                return false;
            Decode(ReadGroup);
        }

        Line++;
        line = buffer.AsSpan(0, Write(row++));
        return true;
    }

    public void Dispose()
    {
        reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        file.Dispose();
    }

    // Whatever a damaged file makes the decoder throw means the same.
    private static T Decode<T>(Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or UnauthorizedAccessException or InvalidDataException))
        {
            throw new InvalidDataException($"the file is damaged or no Parquet: {failure.Message}", failure);
        }
    }

    private bool ReadGroup()
    {
        using var group = reader.OpenRowGroupReader(groups++);
        if (group.RowCount is < 0 or > MostGroupRows)
            throw new InvalidDataException($"a row group of {group.RowCount} rows; at most {MostGroupRows} are read");
        (row, rows) = (0, (int)group.RowCount);
        columns = [.. fields.Select(field => ReadColumn(group, field))];
        return true;
    }

    private Array ReadColumn(ParquetRowGroupReader group, DataField field)
    {
        var type = field.ClrType;
        if (type == typeof(string) || type == typeof(ReadOnlyMemory<char>))
        {
            var texts = new string[rows];
            group.ReadAsync(field, texts, null, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            return texts;
        }

        return type == typeof(long) ? Values<long>(group, field)
            : type == typeof(int) ? Values<int>(group, field)
            : type == typeof(ulong) ? Values<ulong>(group, field)
            : type == typeof(uint) ? Values<uint>(group, field)
            : type == typeof(double) ? Values<double>(group, field)
            : type == typeof(float) ? Values<float>(group, field)
            : type == typeof(decimal) ? Values<decimal>(group, field)
            : type == typeof(bool) ? Values<bool>(group, field)
            : type == typeof(DateTime) ? Values<DateTime>(group, field)
            : throw new InvalidDataException($"column {field.Name} is of type {type.Name}, which holds no market data");
    }

    private T?[] Values<T>(ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        var values = new T?[rows];
        if (field.IsNullable)
        {
            group.ReadAsync<T>(field, values.AsMemory(), null, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            return values;
        }

        var plain = new T[rows];
        group.ReadAsync<T>(field, plain.AsMemory(), null, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        for (var i = 0; i < rows; i++)
            values[i] = plain[i];
        return values;
    }

    private int Write(int at)
    {
        var length = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            if (i > 0)
                buffer[length++] = (byte)',';
            length += WriteValue(columns[i], at, buffer.AsSpan(length, buffer.Length - length - 1));
        }

        return length;
    }

    private static int WriteValue(Array column, int at, Span<byte> into)
    {
        var written = 0;
        _ = column switch
        {
            long?[] c => c[at] is not { } v || Utf8Formatter.TryFormat(v, into, out written),
            int?[] c => c[at] is not { } v || Utf8Formatter.TryFormat(v, into, out written),
            ulong?[] c => c[at] is not { } v || Utf8Formatter.TryFormat(v, into, out written),
            uint?[] c => c[at] is not { } v || Utf8Formatter.TryFormat(v, into, out written),
            double?[] c => c[at] is not { } v || v.TryFormat(into, out written, "R", CultureInfo.InvariantCulture),
            float?[] c => c[at] is not { } v || v.TryFormat(into, out written, "R", CultureInfo.InvariantCulture),
            decimal?[] c => c[at] is not { } v || v.TryFormat(into, out written, provider: CultureInfo.InvariantCulture),
            bool?[] c => c[at] is not { } v || Utf8Formatter.TryFormat(v, into, out written, 'l'),
            DateTime?[] c => c[at] is not { } v || Utf8Formatter.TryFormat((v - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, into, out written),
            string?[] c => c[at] is not { } v || Encoding.UTF8.TryGetBytes(v, into, out written),
            _ => false,
        };
        return written;
    }
}
