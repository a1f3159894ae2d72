using Hts.Bars;

namespace Hts.Files;

/// <summary>Consecutive bars of one symbol out of one file. The array is reused: a batch is valid until the next one is asked for.</summary>
internal sealed class BarBatch
{
    private readonly Bar[] bars = new Bar[4096];

    public string File { get; private set; } = "";

    public string Symbol { get; private set; } = "";

    public int Count { get; private set; }

    public bool IsFull => Count == bars.Length;

    public ReadOnlySpan<Bar> Bars => bars.AsSpan(0, Count);

    public void Begin(string file, string symbol)
    {
        File = file;
        Symbol = symbol;
        Count = 0;
    }

    public void Add(in Bar bar) => bars[Count++] = bar;
}
