using System.Runtime.CompilerServices;

namespace Hts.Files;

/// <summary>The fields of one comma-separated line; quotes around a whole field are taken off. Market data has no commas within fields.</summary>
internal ref struct CsvRow
{
    public const int MostFields = 16;

    private readonly ReadOnlySpan<byte> line;
    private Ends ends;

    public CsvRow(ReadOnlySpan<byte> line)
    {
        this.line = line;
        var from = 0;
        while (Count < MostFields)
        {
            var at = line[from..].IndexOf((byte)',');
            if (at < 0)
            {
                ends[Count++] = line.Length;
                return;
            }

            ends[Count++] = from + at;
            from += at + 1;
        }

        Count++;
    }

    /// <summary>Number of fields; one more than <see cref="MostFields"/> when there are too many.</summary>
    public int Count { get; private set; }

    public readonly ReadOnlySpan<byte> this[int field]
    {
        get
        {
            var from = field == 0 ? 0 : ends[field - 1] + 1;
            var found = line[from..ends[field]];
            return found is [(byte)'"', .., (byte)'"'] ? found[1..^1] : found;
        }
    }

    [InlineArray(MostFields)]
    private struct Ends
    {
        private int first;
    }
}
