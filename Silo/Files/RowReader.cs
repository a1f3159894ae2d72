namespace Hts.Files;

/// <summary>Typed rows of one file. What cannot be read is reported and left out; the file ends early where it is damaged.</summary>
internal sealed class RowReader<TColumns, TRow> : IDisposable
    where TColumns : class
    where TRow : struct
{
    private readonly DataPart part;
    private readonly string kind;
    private readonly Detect detect;
    private readonly Parse parse;
    private readonly ReadReport report;
    private ILineSource? lines;
    private TColumns? columns;

    /// <param name="kind">What the file should hold, for messages: trades or bars.</param>
    public RowReader(DataPart part, Detect detect, Parse parse, string kind, ReadReport report)
    {
        this.part = part;
        this.kind = kind;
        this.detect = detect;
        this.parse = parse;
        this.report = report;
        report.Files++;
        Try(() => lines = part.Open());
    }

    public delegate TColumns? Detect(ReadOnlySpan<byte> firstLine);

    /// <returns>Null, or the rule that the row breaks.</returns>
    public delegate string? Parse(TColumns columns, ReadOnlySpan<byte> line, out TRow row);

    public TColumns? Columns => columns;

    /// <summary>Line of the row that was read last.</summary>
    public long Line => lines?.Line ?? 0;

    /// <summary>Bytes of the file that were read so far.</summary>
    public long Position => lines?.Position ?? 0;

    public bool TryRead(out TRow row)
    {
        row = default;
        try
        {
            while (lines is not null && lines.TryRead(out var line))
            {
                if (columns is null)
                {
                    columns = detect(line);
                    if (columns is null)
                        return End($"the first line does not look like a file of {kind}: {CsvField.Excerpt(line)}");
                    if (TradeColumns.IsHeader(line))
                        continue;
                }

                var broken = parse(columns, line, out row);
                if (broken is null)
                {
                    report.Rows++;
                    return true;
                }

                report.Add(new FileProblem(part.Name, lines.Line, broken, CsvField.Excerpt(line)));
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return End(failure.Message);
        }

        return lines is not null && columns is null && End($"the file holds no {kind}");
    }

    public void Dispose() => lines?.Dispose();

    private void Try(Action open)
    {
        try
        {
            open();
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            End(failure.Message);
        }
    }

    private bool End(string rule)
    {
        var after = lines is null ? "" : $" (after line {lines.Line})";
        report.Add(new FileProblem(part.Name, 0, rule + after, ""));
        lines?.Dispose();
        lines = null;
        return false;
    }
}
