using Hts.Bars;

namespace Hts.Files;

/// <summary>Consecutive bars of one symbol out of one file. The array is reused: a batch is valid until the next one is asked for.</summary>
internal sealed class BarBatch
{
    private const int Most = 4096;

    private readonly Bar[] bars = new Bar[Most];
    private readonly long[] lines = new long[Most];

    /// <summary>What it was read from, as <see cref="DataPart.Name"/> calls it.</summary>
    public string File { get; private set; } = "";

    /// <summary>Bytes of the file that were read when the batch was filled.</summary>
    public long Position { get; set; }

    public string Symbol { get; private set; } = "";

    /// <summary>Length of the bars where the file tells it; 0 where it does not.</summary>
    public long LengthMs { get; private set; }

    /// <summary>What the file does not tell of its bars.</summary>
    public UnknownValues Unknown { get; private set; }

    public int Count { get; private set; }

    public bool IsFull => Count == bars.Length;

    /// <summary>Number of each bar's line in the file, from 1.</summary>
    public ReadOnlySpan<long> Lines => lines.AsSpan(0, Count);

    public ReadOnlySpan<Bar> Bars => bars.AsSpan(0, Count);

    public void Begin(string file, string symbol, long lengthMs, UnknownValues unknown)
    {
        File = file;
        Symbol = symbol;
        LengthMs = lengthMs;
        Unknown = unknown;
        Count = 0;
    }

    public void Add(in Bar bar, long line)
    {
        lines[Count] = line;
        bars[Count++] = bar;
    }
}
